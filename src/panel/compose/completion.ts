import type { IName } from '../../words';

/** What is being typed at the cursor: a slash word, or a name after `@`; `start` is where its sign stands. */
export interface ITyping {
  kind: 'slash' | 'name';
  query: string;
  start: number;
  end: number;
}

/** How many names are offered at once. */
export const MOST = 60;

// A sign after a Latin letter or digit belongs to an address (me@host); Chinese text parts no words.
const NAME = /(?:^|[^A-Za-z0-9_.@])@((?:file:"[^"\n]*|file:'[^'\n]*|\[\d*\]?|[^\s@"'`,;(){}]*))$/u;
const SLASH = /^\/(\p{L}*)$/u;

/** What is being typed, null where nothing is offered. */
export function typingAt(text: string, cursor: number): ITyping | null {
  const before = text.slice(0, cursor);
  const slash = SLASH.exec(before);
  if (slash) {
    return { kind: 'slash', query: slash[1] ?? '', start: 0, end: cursor };
  }
  const name = NAME.exec(before);
  if (!name) {
    return null;
  }
  const query = name[1] ?? '';
  return { kind: 'name', query, start: cursor - query.length - 1, end: cursor };
}

/** A name as it is written after the sign, whether or not the server has sent the sign. */
export function written(name: IName): string {
  return name.insert.startsWith('@') ? name.insert : `@${name.insert}`;
}

/** The names that fit what was typed, the best first; columns only once their table is named, or they are. */
export function matchNames(names: readonly IName[], query: string): IName[] {
  const typed = plain(query);
  const ranked = names
    .map((name, index) => ({ name, index, rank: rank(name, typed) }))
    .filter(each => each.rank < Infinity);
  ranked.sort((one, other) => one.rank - other.rank || one.index - other.index);
  return ranked.slice(0, MOST).map(each => each.name);
}

function rank(name: IName, typed: string): number {
  const own = plain(written(name).slice(1));
  const isColumn = name.kind === 'column';
  if (typed === '') {
    return isColumn ? Infinity : 0;
  }
  if (own.startsWith(typed)) {
    return isColumn && !typed.includes('.') ? 3 : 0;
  }
  const short = own.replace(/^file:/, '');
  if (isColumn ? short.slice(short.indexOf('.') + 1).startsWith(typed) : short.startsWith(typed)) {
    return isColumn ? 2 : 1;
  }
  if (isColumn && beginsEach(short.split('.'), typed.split('.'))) {
    return 2;
  }
  return typed.length > 1 && own.includes(typed) ? 4 : Infinity;
}

/** Whether each piece begins with what was typed of it: `pen.b` for `penguins.bill`. */
function beginsEach(own: readonly string[], typed: readonly string[]): boolean {
  return typed.length > 1 && typed.every((piece, index) => own[index]?.startsWith(piece));
}

function plain(text: string): string {
  return text.replace(/["']/g, '').toLowerCase();
}

/** The text with what was being typed replaced, and where the cursor goes. A space follows, unless one is there. */
export function accept(text: string, typing: ITyping, insert: string): { text: string; cursor: number } {
  const rest = text.slice(typing.end);
  const space = /^\s/.test(rest) ? '' : ' ';
  const head = text.slice(0, typing.start) + insert;
  return { text: head + space + rest, cursor: head.length + 1 };
}
