import type { TranslationBundle } from '@jupyterlab/translation';

import type { INotebooks, IPreferences } from '../../contracts';
import type { Command, IWish } from '../../words';
import type { IComposition } from './drafts';
import type { Parsed } from './slash';

/** A wish, or why there is none, for the person. */
export type Wished = { wish: IWish; trouble?: undefined } | { wish?: undefined; trouble: string };

/** What is needed to know what a draft is about. */
export interface IAbout {
  path: string;
  notebooks: Pick<INotebooks, 'active' | 'failing'>;
  preferences: Pick<IPreferences, 'mode' | 'maxTurns'>;
  trans: TranslationBundle;
}

/** Make a wish of a draft. `/fix` takes the cell that failed last, the other commands about a cell the active one. */
export function wishOf(
  draft: IComposition,
  parsed: Extract<Parsed, { kind: 'words' | 'command' }>,
  about: IAbout
): Wished {
  const command: Command = parsed.kind === 'command' ? parsed.command : '';
  const cell = cellOf(command, about);
  if (cell.trouble !== undefined) {
    return { trouble: cell.trouble };
  }
  return {
    wish: {
      type: 'Wish',
      path: about.path,
      text: parsed.text,
      command,
      cell: cell.id,
      anchor: about.notebooks.active(about.path)?.id ?? '',
      quotes: draft.quotes,
      images: draft.images,
      shares: draft.shares,
      mode: about.preferences.mode,
      max_turns: about.preferences.maxTurns
    }
  };
}

function cellOf(command: Command, about: IAbout): { id: string; trouble?: undefined } | { trouble: string } {
  const { notebooks, path, trans } = about;
  if (command === '' || command === 'plan') {
    return { id: '' };
  }
  if (command === 'fix') {
    const failing = notebooks.failing(path);
    return failing
      ? { id: failing.id }
      : { trouble: trans.__('No cell has failed here. Run the cell that does not work, then say /fix.') };
  }
  const active = notebooks.active(path);
  return active?.kind === 'code' && active.source.trim() !== ''
    ? { id: active.id }
    : { trouble: trans.__('/%1 is about the active cell: click on a code cell that is not empty first.', command) };
}
