import type { TranslationBundle } from '@jupyterlab/translation';

import type { Command } from '../../words';

/** What the panel does by itself; the model is not asked. */
export type Local = 'clear' | 'undo' | 'model' | 'help';

/** One word that can follow a slash. `about` is the cell that it needs. */
export interface ISlash {
  name: Exclude<Command, ''> | Local;
  says: string;
  about: 'failing' | 'active' | '';
}

/** What a text turns out to be. unknown: it begins with a slash word that nobody knows. */
export type Parsed =
  | { kind: 'words'; text: string }
  | { kind: 'command'; command: Exclude<Command, ''>; text: string }
  | { kind: 'local'; action: Local }
  | { kind: 'unknown'; word: string };

const COMMANDS: readonly Exclude<Command, ''>[] = ['fix', 'explain', 'document', 'test', 'optimise', 'plan'];
const LOCALS: readonly Local[] = ['clear', 'undo', 'model', 'help'];
const ALIASES: Readonly<Record<string, Exclude<Command, ''> | Local>> = {
  optimize: 'optimise',
  doc: 'document',
  tests: 'test',
  new: 'clear'
};

/** Everything that a slash can begin, in the order in which it is offered. */
export function slashes(trans: TranslationBundle): ISlash[] {
  return [
    { name: 'fix', says: trans.__('Repair the cell that failed last'), about: 'failing' },
    { name: 'explain', says: trans.__('Explain the active cell'), about: 'active' },
    { name: 'document', says: trans.__('Write comments and docstrings for the active cell'), about: 'active' },
    { name: 'test', says: trans.__('Write tests for the active cell'), about: 'active' },
    { name: 'optimise', says: trans.__('Make the active cell faster or simpler'), about: 'active' },
    { name: 'plan', says: trans.__('Make a plan of steps first, then work through it'), about: '' },
    { name: 'clear', says: trans.__('Begin a new chat; this one is kept'), about: '' },
    { name: 'undo', says: trans.__('Take back the cells of the last task'), about: '' },
    { name: 'model', says: trans.__('Choose the model that is asked'), about: '' },
    { name: 'help', says: trans.__('Show everything that can be done here'), about: '' }
  ];
}

/** The slashes that begin with what was typed. */
export function matchSlashes(all: readonly ISlash[], query: string): ISlash[] {
  const typed = query.toLowerCase();
  return all.filter(each => each.name.startsWith(typed));
}

/** Read a text as the person meant it. A path (`/home/me`) and a slash after a space are words like others. */
export function parseSlash(text: string): Parsed {
  const found = /^\/(\p{L}+)(?=\s|$)/u.exec(text);
  if (!found) {
    return { kind: 'words', text: text.trim() };
  }
  const word = (found[1] ?? '').toLowerCase();
  const name = ALIASES[word] ?? word;
  const command = COMMANDS.find(each => each === name);
  if (command) {
    return { kind: 'command', command, text: text.slice(found[0].length).trim() };
  }
  const action = LOCALS.find(each => each === name);
  return action ? { kind: 'local', action } : { kind: 'unknown', word: found[1] ?? '' };
}
