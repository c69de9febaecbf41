import { TaskView } from '../../src/session/task';
import type { IJudgement } from '../../src/wire';
import type { Happening } from '../../src/words';

const cell = (id: string, source: string, attempt = 1): Extract<Happening, { type: 'Drafted' }>['cell'] => ({
  type: 'Cell',
  id,
  source,
  language: 'python',
  turn: 1,
  attempt
});
const said: Happening = { type: 'Said', text: 'plot it', command: '', labels: [], images: 0, at: 1 };
const usage = { type: 'Usage', sent: 10, received: 5, estimated: false } as const;
const over: Happening = { type: 'Finished', ending: 'done', answer: '', turns: 1, usage, reason: '' };
const opened = (id: string, attempt = 1): Happening => ({
  type: 'CellOpened',
  id,
  language: 'python',
  turn: 1,
  attempt
});
const ran = (id: string, status: 'ok' | 'error' = 'ok'): Happening => ({
  type: 'Ran',
  id,
  status,
  seconds: 0.5,
  count: 3,
  shows: 'x',
  pictures: 1,
  error: status === 'error' ? 'KeyError: a' : '',
  traceback: '',
  note: ''
});
const view = (...events: Happening[]): TaskView => {
  const task = new TaskView('t');
  events.forEach(event => {
    task.add(event);
  });
  return task;
};
/** What a person sees of it, without the counters that tell of changes. */
const seen = (task: TaskView): unknown =>
  JSON.parse(
    JSON.stringify({ ...task, parts: task.parts }, (name, value: unknown) => (name === 'version' ? undefined : value))
  );
/** What the store keeps of a task that is over: docs/live.md. */
const folded = (events: Happening[]): Happening[] =>
  events
    .filter(event => event.type !== 'CellGrew' && event.type !== 'Thought')
    .reduce<Happening[]>((kept, event) => {
      const last = kept.at(-1);
      return last?.type === 'Wrote' && event.type === 'Wrote'
        ? [...kept.slice(0, -1), { type: 'Wrote', text: last.text + event.text }]
        : [...kept, event];
    }, []);

describe('a task', () => {
  it('grows by pieces of prose and code', () => {
    const task = view(said, { type: 'Wrote', text: 'I ' }, { type: 'Wrote', text: 'plot.' }, opened('a'));
    task.add({ type: 'CellGrew', id: 'a', text: 'df' });
    task.add({ type: 'CellGrew', id: 'a', text: '.plot()' });
    expect(task.phase).toBe('writing');
    expect(task.parts).toMatchObject([
      { kind: 'prose', text: 'I plot.', isOpen: false },
      { kind: 'cell', id: 'a', before: null, attempts: [{ state: 'drafting', source: 'df.plot()' }] }
    ]);
  });

  it('changes the version of the part that grew, and of no other', () => {
    const task = view(said, { type: 'Wrote', text: 'a' }, opened('a'));
    const [prose, part] = task.parts.map(each => each.version);
    task.add({ type: 'CellGrew', id: 'a', text: 'x' });
    expect(task.parts[0]?.version).toBe(prose);
    expect(task.parts[1]?.version).toBeGreaterThan(part ?? NaN);
  });

  it('shows a correction as another attempt of the same cell', () => {
    const task = view(said, opened('a'), { type: 'Drafted', cell: cell('a', 'df.a') }, ran('a', 'error'));
    task.add(opened('a', 2));
    task.add({ type: 'Drafted', cell: cell('a', 'df.b', 2) });
    task.add(ran('a'));
    expect(task.parts).toMatchObject([
      {
        attempts: [
          { number: 1, source: 'df.a', state: 'error', error: 'KeyError: a' },
          { number: 2, source: 'df.b', state: 'ok', count: 3, pictures: 1 }
        ]
      }
    ]);
  });

  it('keeps the attempt that failed where its correction is dropped', () => {
    const task = view(
      said,
      opened('a'),
      { type: 'Drafted', cell: cell('a', 'df.a') },
      ran('a', 'error'),
      opened('a', 2)
    );
    task.add({ type: 'CellGrew', id: 'a', text: 'half' });
    task.add({ type: 'Dropped', id: 'a', reason: 'cut', restored: 'df.a' });
    expect(task.parts).toMatchObject([
      {
        attempts: [
          { number: 1, state: 'error', source: 'df.a' },
          { number: 2, state: 'dropped', note: 'cut' }
        ]
      }
    ]);
  });

  it('knows what stood in a cell that was not its own', () => {
    const task = view(said, { type: 'Replaces', id: 'a', source: 'old' }, opened('a'));
    expect(task.parts).toMatchObject([{ id: 'a', before: 'old' }]);
  });

  it('waits for an answer, and takes the code as the person has changed it', () => {
    const task = view(said, opened('a'), { type: 'Drafted', cell: cell('a', 'rm()') });
    const judgement: IJudgement = { type: 'Judgement', level: 'L2', reasons: ['deletes'] };
    const question = {
      type: 'Question',
      cell: cell('a', 'rm()'),
      judgement,
      host: '',
      opening: false,
      id: 'q'
    } as const;
    task.add({ type: 'Waits', question, replaces: null });
    expect(task).toMatchObject({ phase: 'waiting', question: { question: { id: 'q' } } });
    const answer = { type: 'Answer', choice: 'run', word: '', nobody: false, source: 'ls()' } as const;
    task.add({ type: 'Decided', question: 'q', answer });
    task.add({ type: 'Judged', id: 'a', judgement, allowed: true, by: 'person' });
    task.add({ type: 'Running', id: 'a', at: 7 });
    expect(task).toMatchObject({ phase: 'running', question: null });
    expect(task.parts).toMatchObject([
      { attempts: [{ source: 'ls()', state: 'running', since: 7, level: 'L2', reasons: ['deletes'] }] }
    ]);
  });

  it('leaves nothing as if it went on when it is over', () => {
    const task = view(said, { type: 'Thought', text: 'hm' }, opened('a'), { type: 'Drafted', cell: cell('a', 'x') });
    task.add({ type: 'Running', id: 'a', at: 1 });
    task.add(opened('b'));
    task.add({ ...over, ending: 'stopped' });
    expect(task).toMatchObject({ phase: 'over', finished: { ending: 'stopped' }, tokens: 15 });
    expect(task.parts).toMatchObject([
      { id: 'a', attempts: [{ state: 'aborted' }] },
      { id: 'b', attempts: [{ state: 'dropped' }] }
    ]);
  });

  it('stays over when it is undone', () => {
    const task = view(said, over, { type: 'Undone', taken: 2, kept: ['a'] });
    expect(task).toMatchObject({ phase: 'over', isUndone: true, kept: ['a'] });
  });

  it('tells where it waits, what it does and what was lost', () => {
    const task = view(said, { type: 'Queued', ahead: 2 });
    expect(task).toMatchObject({ phase: 'queued', ahead: 2 });
    task.add({ type: 'Started', model: 'm', host: 'h' });
    task.add({ type: 'Sent', turn: 1, tokens: 40 });
    expect(task).toMatchObject({ phase: 'asking', model: 'm', host: 'h', tokens: 40 });
    task.add({ type: 'Planned', steps: [{ type: 'Step', text: 'load', done: true }] });
    task.add({ type: 'Steered', text: 'in blue' });
    task.add({ type: 'Notice', text: 'no pictures' });
    task.add({ type: 'KernelGone', restarted: true, variables: ['df'], cells: ['a'] });
    expect(task.plan).toMatchObject([{ text: 'load', done: true }]);
    expect(task.parts.map(part => part.kind)).toEqual(['steer', 'notice', 'lost']);
  });

  it('passes over what it does not know', () => {
    const task = view(said, { type: 'Sang' } as unknown as Happening);
    expect(task).toMatchObject({ phase: 'asking', parts: [] });
  });
});

/** Numbers that are the same in every run. */
class Dice {
  constructor(private state: number) {}
  roll(sides: number): number {
    this.state = (this.state * 1103515245 + 12345) % 2147483648;
    return Math.floor((this.state / 2147483648) * sides);
  }
}

const PIECES = ['Look', ' ', '\n\n', 'here\n', '  x', '`df`', '数据 ', '.'];

/** A task as a server may tell it: some turns, each with prose, thoughts and cells, and corrections of what failed. */
function randomTask(dice: Dice): Happening[] {
  const events: Happening[] = [said, { type: 'Started', model: 'm', host: '' }];
  let failing = '';
  let attempt = 1;
  for (let turn = 1; turn <= 1 + dice.roll(4); turn++) {
    events.push({ type: 'Sent', turn, tokens: dice.roll(100) });
    const cells: { id: string; attempt: number; source: string }[] = [];
    for (let piece = dice.roll(12); piece > 0; piece--) {
      const text = PIECES[dice.roll(PIECES.length)] ?? '';
      const kind = dice.roll(6);
      if (kind === 0) {
        events.push({ type: 'Thought', text });
      } else if (kind === 1) {
        events.push({ type: 'Planned', steps: [{ type: 'Step', text, done: false }] });
      } else if (kind === 2 && cells.length < 3) {
        const mends = failing !== '' && cells.length === 0;
        const id = mends ? failing : `${turn}-${cells.length}`;
        cells.push({ id, attempt: mends ? attempt + 1 : 1, source: '' });
        events.push(opened(id, cells.at(-1)?.attempt ?? 1));
      } else if (kind === 3 && cells.length > 0) {
        const last = cells[cells.length - 1];
        if (last) {
          last.source += text;
          events.push({ type: 'CellGrew', id: last.id, text });
        }
      } else {
        events.push({ type: 'Wrote', text });
      }
    }
    const isCut = dice.roll(5) === 0;
    for (const { id, source, attempt: number } of cells) {
      events.push(
        isCut
          ? { type: 'Dropped', id, reason: 'cut', restored: null }
          : { type: 'Drafted', cell: cell(id, source, number) }
      );
    }
    failing = '';
    for (const { id, attempt: number } of isCut ? [] : cells) {
      if (failing !== '') {
        events.push({ type: 'Dropped', id, reason: 'The cell before it failed.', restored: null });
        continue;
      }
      const status = dice.roll(3) === 0 ? 'error' : 'ok';
      events.push({ type: 'Running', id, at: turn }, ran(id, status));
      if (status === 'error') {
        failing = id;
        attempt = number;
      }
    }
    if (dice.roll(4) === 0) {
      events.push({ type: 'Steered', text: 'and so' });
    }
  }
  return [...events, over];
}

describe('a task that is over', () => {
  it('looks the same from the store as it did when it was told piece by piece', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const events = randomTask(new Dice(seed));
      expect({ seed, ...(seen(view(...folded(events))) as object) }).toEqual({
        seed,
        ...(seen(view(...events)) as object)
      });
    }
  });
});
