import { announcement } from '../../../src/panel/tasks/announcing';
import { duration } from '../../../src/panel/tasks/clock';
import {
  endingWords,
  levelWords,
  madeCells,
  newest,
  phaseWords,
  stateWords,
  undoneWords,
  workWords
} from '../../../src/panel/tasks/states';
import type { ITaskView } from '../../../src/contracts';
import { attempt, cell, finished, prose, task, trans } from './tasks';

const running = (told: Partial<ITaskView>): ITaskView => task({ finished: null, ...told });

describe('phaseWords', () => {
  it.each([
    [running({ phase: 'asking' }), 'Asking qwen…'],
    [running({ phase: 'asking', model: '' }), 'Asking the model…'],
    [running({ phase: 'queued', ahead: 2 }), 'Queued: 2 tasks ahead'],
    [running({ phase: 'queued' }), 'Waiting for the kernel, which is busy'],
    [running({ phase: 'waiting' }), 'Waiting for your answer'],
    [running({ phase: 'running', parts: [cell(attempt({ state: 'running', count: 5 }))] }), 'Running cell [5]'],
    [running({ phase: 'running', parts: [cell(attempt({ state: 'running', count: null }))] }), 'Running a cell'],
    [task(), '']
  ])('says what a task does (%#)', (there, words) => {
    expect(phaseWords(trans, there, true)).toBe(words);
  });

  it('says that what was said waits for the server', () => {
    expect(phaseWords(trans, running({ phase: 'sending' }), false)).toContain('Not connected');
  });
});

describe('endingWords', () => {
  it('says nothing where all went well', () => {
    expect(endingWords(trans, task())).toEqual({ text: '', tone: 'quiet' });
  });

  it.each([
    ['stopped', 'stopped'],
    ['refused', 'stopped'],
    ['failed', 'trouble'],
    ['stuck', 'trouble'],
    ['inserted', 'quiet']
  ] as const)('takes %s as %s, in the words of the server where it has some', (ending, tone) => {
    expect(endingWords(trans, task({ finished: finished(ending, 'Because.') }))).toEqual({ text: 'Because.', tone });
    expect(endingWords(trans, task({ finished: finished(ending) })).text).not.toBe('');
  });
});

describe('a cell', () => {
  it('stands as the attempt before where the last one was dropped', () => {
    const first = attempt({ state: 'ok' });
    expect(newest(cell(first, attempt({ number: 2, state: 'dropped' })))).toBe(first);
  });

  it('is still told of where nothing of it stands', () => {
    expect(newest(cell(attempt({ state: 'dropped' })))?.state).toBe('dropped');
    expect(madeCells(task({ parts: [cell(attempt({ state: 'dropped' }))] }))).toBe(false);
    expect(madeCells(task({ parts: [prose('a'), cell(attempt())] }))).toBe(true);
  });

  it('has a word for each state, and no level that promises anything', () => {
    expect(stateWords(trans, 'inserted')).toBe('Inserted, not run');
    const levels = ['L0', 'L1', 'L2', 'L3', ''].map(level => levelWords(trans, level));
    expect(new Set(levels).size).toBe(5);
    expect(levels.join(' ')).not.toMatch(/safe/i);
  });

  it('counts into what was done', () => {
    expect(workWords(trans, task({ parts: [cell(attempt({ seconds: 1 })), cell(attempt({ seconds: 2 }))] }))).toBe(
      '2 cells · 3 s'
    );
    expect(workWords(trans, task({ parts: [prose('a')] }))).toBe('');
  });
});

describe('announcement', () => {
  it('tells a question before anything else', () => {
    const question = {
      type: 'Question',
      cell: { type: 'Cell', id: 'a', source: 'x', language: 'python', turn: 1, attempt: 1 },
      judgement: { type: 'Judgement', level: 'L2', reasons: [] },
      host: '',
      opening: false,
      id: 'q'
    } as const;
    const there = running({
      phase: 'waiting',
      question: {
        type: 'Waits',
        question: { ...question, judgement: { ...question.judgement, reasons: [] } },
        replaces: null
      }
    });
    expect(announcement(trans, there)).toBe('An answer is needed: may this cell run?');
  });

  it('is the same for every piece of a text, and none while one is written', () => {
    expect(announcement(trans, running({ phase: 'writing', parts: [prose('a', true)] }))).toBe('');
    expect(announcement(trans, running({ phase: 'writing', parts: [prose('a b', true)] }))).toBe('');
  });

  it('tells an error with the number of its cell', () => {
    const parts = [cell(attempt({ state: 'error', error: 'KeyError: x', count: 4 }))];
    expect(announcement(trans, running({ phase: 'asking', parts }))).toBe(
      'Failed: cell [4]. KeyError: x. Asking qwen…'
    );
  });

  it('tells how it ended, and what an undo has kept', () => {
    expect(announcement(trans, task())).toBe('The task is done.');
    expect(announcement(trans, task({ isUndone: true, kept: ['a'] }))).toBe(
      'Taken back. One cell was kept since you changed it.'
    );
    expect(undoneWords(trans, 0)).toBe('Taken back.');
  });
});

describe('duration', () => {
  it.each([
    [0, '0 s'],
    [0.004, '0.01 s'],
    [0.31, '0.3 s'],
    [9.96, '10 s'],
    [12.4, '12 s'],
    [125, '2 min 5 s'],
    [7260, '2 h 1 min']
  ])('says %d seconds as %s', (seconds, words) => {
    expect(duration(trans, seconds)).toBe(words);
  });
});
