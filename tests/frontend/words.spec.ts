import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { FromPage, FromServer, Happening } from '../../src/words';
import { isFromServer } from '../../src/words';

const FOLDER = join(__dirname, '..', 'golden', 'words');
type Word = Record<string, unknown> & { type: string };
const golden = (name: string): Word => JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf-8')) as Word;

// Every name once, held complete by the compiler.
const SERVER: Record<FromServer['type'], true> = {
  Welcome: true,
  Chats: true,
  Opened: true,
  Happened: true,
  Gone: true,
  Previewed: true,
  Seen: true,
  Drawn: true,
  Failed: true,
  Order: true
};
const EVENTS: Record<Happening['type'], true> = {
  Said: true,
  Steered: true,
  Started: true,
  Sent: true,
  Queued: true,
  Waits: true,
  Decided: true,
  Replaces: true,
  Running: true,
  Ran: true,
  KernelGone: true,
  Undone: true,
  Wrote: true,
  Thought: true,
  CellOpened: true,
  CellGrew: true,
  Drafted: true,
  Dropped: true,
  Judged: true,
  Planned: true,
  Notice: true,
  Finished: true
};
const PAGE: Record<FromPage['type'], true> = {
  Hold: true,
  Renamed: true,
  ListChats: true,
  OpenChat: true,
  LeaveChat: true,
  Say: true,
  Stop: true,
  Decide: true,
  Undo: true,
  NameChat: true,
  DeleteChat: true,
  Preview: true,
  Look: true,
  Sketch: true,
  DropSketch: true,
  Done: true
};
const happened = (event: unknown): unknown => ({
  type: 'Happened',
  chat: 'c',
  records: [{ type: 'Record', seq: 1, task: 't', event }]
});

describe('the guard of what the server says', () => {
  it.each(Object.keys(SERVER))('knows %s as Python writes it', name => {
    expect(isFromServer(golden(name))).toBe(true);
  });

  it.each(Object.keys(EVENTS))('knows the event %s as Python writes it', name => {
    expect(isFromServer(happened(golden(name)))).toBe(true);
  });

  it.each(Object.keys(SERVER))('refuses %s when a field is missing or of another kind', name => {
    const word = golden(name);
    for (const field of Object.keys(word)) {
      const { [field]: _gone, ...rest } = word;
      expect(isFromServer(rest)).toBe(false);
      expect(isFromServer({ ...word, [field]: Symbol('no JSON') })).toBe(false);
    }
  });

  it.each(Object.keys(EVENTS))('refuses the event %s when a field is missing or of another kind', name => {
    const event = golden(name);
    for (const field of Object.keys(event).filter(each => each !== 'type')) {
      const { [field]: _gone, ...rest } = event;
      expect(isFromServer(happened(rest))).toBe(false);
      expect(isFromServer(happened({ ...event, [field]: Symbol('no JSON') }))).toBe(false);
    }
  });

  it('refuses an order with a strange edit', () => {
    expect(isFromServer({ ...golden('Order'), edits: [{ type: 'Burn', id: 'b1' }] })).toBe(false);
  });

  it('lets an event pass that it does not know yet, but nothing that is no event', () => {
    expect(isFromServer(happened({ type: 'Sang', tune: 1 }))).toBe(true);
    expect(isFromServer(happened('Wrote'))).toBe(false);
  });

  it.each([null, undefined, 'Welcome', 3, [], {}, { type: 'toString' }, { type: '__proto__' }, { type: 'Hold' }])(
    'refuses %p',
    value => {
      expect(isFromServer(value)).toBe(false);
    }
  );

  it('has a golden file for every word, and a word for every golden file', () => {
    const names = readdirSync(FOLDER).map(file => file.replace('.json', ''));
    expect(names.sort()).toEqual([...new Set(Object.keys({ ...SERVER, ...EVENTS, ...PAGE }))].sort());
  });
});
