import type { IName } from '../../words';
import { written } from './completion';

/** Something that the text refers to: how it stands there, and whether anything of that name is known. */
export interface IReference {
  text: string;
  detail: string;
  isKnown: boolean;
}

// The grammar of `context/references.py`; an address (me@host) refers to nothing.
const SIGN =
  /(?<![A-Za-z0-9_.@])@(?:\[\d+\]|file:(?:"[^"\n]+"|'[^'\n]+'|[^\s"']\S*)|[\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)*)/gu;

/**
 * What the text refers to with `@`, each once. `names` is what is known, null before anybody has looked.
 *
 * Where nothing parts `@df` from the next word, as in Chinese, the longest known name counts, as in the kernel.
 */
export function referencesIn(text: string, names: readonly IName[] | null): IReference[] {
  const known = new Map((names ?? []).map(name => [written(name), name.detail]));
  const found = new Map<string, IReference>();
  for (const match of text.matchAll(SIGN)) {
    const rest = text.slice(match.index);
    const own = longest(known, rest, match[0]) ?? match[0].replace(/[.,;:!?。，；：！？、)]+$/u, '');
    if (!found.has(own)) {
      found.set(own, { text: own, detail: known.get(own) ?? '', isKnown: names === null || known.has(own) });
    }
  }
  return [...found.values()];
}

function longest(known: ReadonlyMap<string, string>, rest: string, whole: string): string | undefined {
  if (known.has(whole)) {
    return whole;
  }
  let best: string | undefined;
  for (const name of known.keys()) {
    if (name.length > (best?.length ?? 0) && rest.startsWith(name) && !/^\w/.test(rest.slice(name.length))) {
      best = name;
    }
  }
  return best;
}

/** A file as `@` refers to it from a notebook: beside it by its name alone, with quotes where the name has spaces. */
export function fileReference(file: string, notebook: string): string {
  const path = relative(withoutDrive(file), withoutDrive(notebook));
  if (!/[\s"']/.test(path)) {
    return `@file:${path}`;
  }
  return path.includes('"') ? `@file:'${path}'` : `@file:"${path}"`;
}

function withoutDrive(path: string): string {
  return path.replace(/^[A-Za-z]\w*:/, '');
}

function relative(file: string, notebook: string): string {
  const from = notebook.split('/').slice(0, -1);
  const to = file.split('/');
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) {
    same += 1;
  }
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
}
