import type { TranslationBundle } from '@jupyterlab/translation';

import type { IName } from '../../words';
import { matchNames, written, type ITyping } from './completion';
import { matchSlashes, slashes } from './slash';

/** One thing that is offered while one types: what is written, and what it is in a few words. */
export interface IOption {
  insert: string;
  detail: string;
  kind: 'slash' | IName['kind'];
}

/** What is offered for what is being typed. */
export function optionsFor(
  typing: ITyping | null,
  names: readonly IName[] | null,
  trans: TranslationBundle
): IOption[] {
  if (!typing) {
    return [];
  }
  if (typing.kind === 'slash') {
    const all = matchSlashes(slashes(trans), typing.query);
    return all.map(each => ({ insert: `/${each.name}`, detail: each.says, kind: 'slash' }));
  }
  const matching = matchNames(names ?? [], typing.query);
  return matching.map(name => ({ insert: written(name), detail: name.detail, kind: name.kind }));
}
