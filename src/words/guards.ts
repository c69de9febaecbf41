import type { FromServer } from './telling';

/**
 * The fields of every word that the server says. s, n, b and o: text, number, flag and object; a capital S or N may be
 * null; `a|b` is one of these texts; another name is a word, or a family of words; `[]` makes it a list.
 */
const WORDS: Record<string, string> = {
  Welcome: 'version:s model:s set_up:b vision:b trouble:s',
  Chats: 'path:s chats:Listed[]',
  Opened: 'chat:Chat records:Record[] seq:n running:b',
  Happened: 'chat:s records:Record[]',
  Gone: 'chat:s',
  Previewed: 'id:s messages:Message[] tokens:n price:N trouble:s',
  Seen: 'id:s names:Name[] trouble:s',
  Drawn: 'id:s source:s prose:s done:b trouble:s',
  Failed: 'text:s about:s',
  Order: 'id:s path:s edits:Edit[] answered:b kernel:s',

  Chat: 'id:s path:s name:s created:n updated:n',
  Listed: 'chat:Chat running:b waiting:b',
  Message: 'role:system|user|assistant text:s images:Image[]',
  Image: 'mime:s data:s',
  Name: 'insert:s kind:variable|column|cell|file detail:s',

  Insert: 'id:s after:s kind:code|markdown source:s metadata:o',
  Append: 'id:s text:s',
  Rewrite: 'id:s source:s',
  Stamp: 'id:s metadata:o',
  Remove: 'ids:s[] number:n',
  Move: 'id:s after:s',
  Run: 'id:s msg_id:s source:s',
  Show: 'id:s outputs:o[] count:N running:b',
  Read: 'seeds:b',
  Revert: 'modified:s',

  Record: 'seq:n task:s event:Event',
  Said: 'text:s command:s labels:s[] images:n at:n',
  Steered: 'text:s',
  Started: 'model:s host:s',
  Sent: 'turn:n tokens:n',
  Queued: 'ahead:n',
  Waits: 'question:Question replaces:S',
  Decided: 'question:s answer:Answer',
  Replaces: 'id:s source:s',
  Running: 'id:s at:n',
  Ran: 'id:s status:ok|error|refused|inserted|aborted seconds:n count:N shows:s pictures:n error:s traceback:s note:s',
  KernelGone: 'restarted:b variables:s[] cells:s[]',
  Undone: 'taken:n kept:s[]',
  Wrote: 'text:s',
  Thought: 'text:s',
  CellOpened: 'id:s language:s turn:n attempt:n',
  CellGrew: 'id:s text:s',
  Drafted: 'cell:Cell',
  Dropped: 'id:s reason:s restored:S',
  Judged: 'id:s judgement:Judgement allowed:b by:person|policy',
  Planned: 'steps:Step[]',
  Notice: 'text:s',
  Finished: 'ending:done|inserted|refused|unanswered|stuck|failed|stopped answer:s turns:n usage:Usage reason:s',
  Cell: 'id:s source:s language:s turn:n attempt:n',
  Judgement: 'level:L0|L1|L2|L3 reasons:s[]',
  Question: 'cell:Cell judgement:Judgement host:s opening:b id:s',
  Answer: 'choice:run|rest|refuse|computing|each|insert word:s nobody:b source:s',
  Step: 'text:s done:b',
  Usage: 'sent:n received:n estimated:b'
};

const EVENTS =
  'Said Steered Started Sent Queued Waits Decided Replaces Running Ran KernelGone Undone Wrote Thought CellOpened ' +
  'CellGrew Drafted Dropped Judged Planned Notice Finished';

const FAMILIES: Record<string, readonly string[]> = {
  Word: 'Welcome Chats Opened Happened Gone Previewed Seen Drawn Failed Order'.split(' '),
  Edit: 'Insert Append Rewrite Stamp Remove Move Run Show Read Revert'.split(' '),
  Event: EVENTS.split(' ')
};

type Check = (value: unknown) => boolean;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const PLAIN: Record<string, Check> = {
  s: value => typeof value === 'string',
  n: value => typeof value === 'number',
  b: value => typeof value === 'boolean',
  o: isObject,
  S: value => value === null || typeof value === 'string',
  N: value => value === null || typeof value === 'number'
};

const checks = new Map<string, Check>();

/** Whether this JSON of the server is a word of docs/live.md, with every field as it stands there. */
export function isFromServer(value: unknown): value is FromServer {
  return checkOf('Word')(value);
}

/** Each check is made once, when the first such word comes. */
function checkOf(kind: string): Check {
  const known = PLAIN[kind] ?? checks.get(kind);
  if (known) {
    return known;
  }
  const made = make(kind);
  checks.set(kind, made);
  return made;
}

function make(kind: string): Check {
  if (kind.endsWith('[]')) {
    const each = checkOf(kind.slice(0, -2));
    return value => Array.isArray(value) && value.every(each);
  }
  if (kind.includes('|')) {
    const texts: unknown[] = kind.split('|');
    return value => texts.includes(value);
  }
  return kind in FAMILIES ? family(kind) : word(kind);
}

/** One of several words. An event that nobody knows here yet is let through: it is one of many in a list. */
function family(kind: string): Check {
  return value => {
    const type = isObject(value) ? value.type : null;
    const isKnown = typeof type === 'string' && FAMILIES[kind]?.includes(type);
    return isKnown ? checkOf(type)(value) : kind === 'Event' && typeof type === 'string';
  };
}

function word(kind: string): Check {
  const fields = (WORDS[kind] ?? '')
    .split(' ')
    .filter(Boolean)
    .map(field => field.split(':') as [string, string])
    .map(([name, of]) => [name, checkOf(of)] as const);
  return value => isObject(value) && value.type === kind && fields.every(([name, check]) => check(value[name]));
}
