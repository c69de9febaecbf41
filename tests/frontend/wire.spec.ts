import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { isEdit, isPrompt, markOf } from '../../src/wire';

const FOLDER = join(__dirname, '..', 'golden');
const EDITS = ['Insert', 'Append', 'Rewrite', 'Run', 'Stamp', 'Remove', 'Settle', 'Standing', 'Ask', 'Choose'];
const golden = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf-8')) as Record<string, unknown>;

describe('the guard of edits', () => {
  it.each(EDITS)('knows %s as Python writes it', name => {
    expect(isEdit(golden(name))).toBe(true);
  });

  it.each(EDITS)('refuses %s when a field is missing or of another kind', name => {
    const edit = golden(name);
    for (const field of Object.keys(edit)) {
      const { [field]: _gone, ...rest } = edit;
      expect(isEdit(rest)).toBe(false);
      expect(isEdit({ ...edit, [field]: Symbol('no JSON') })).toBe(false);
    }
  });

  it('lets fields pass that it does not know yet', () => {
    expect(isEdit({ ...golden('Append'), later: 1 })).toBe(true);
  });

  it.each([null, undefined, 'Insert', 3, [], {}, { type: 'Insert' }, { type: 'toString' }, { type: '__proto__' }])(
    'refuses %p',
    value => {
      expect(isEdit(value)).toBe(false);
    }
  );

  it('looks into the question', () => {
    const ask = golden('Ask') as { question: Record<string, unknown> };
    expect(isEdit({ ...ask, question: { ...ask.question, judgement: { type: 'Judgement', level: 'L9' } } })).toBe(
      false
    );
    expect(isEdit({ ...ask, question: { ...ask.question, opening: 'yes' } })).toBe(false);
  });

  it('has a golden file for every word', () => {
    const files = readdirSync(FOLDER).filter(file => file.endsWith('.json'));
    const names = files.map(file => file.replace('.json', ''));
    expect(names.sort()).toEqual([...EDITS, 'Answer', 'Chosen', 'Place'].sort());
  });
});

describe('the mark of a cell', () => {
  it('is empty where nothing or nonsense stands', () => {
    const empty = { task: '', sourceHash: '' };
    expect(markOf(undefined)).toEqual(empty);
    expect(markOf({ open_interpreter: 3 })).toEqual(empty);
    expect(markOf({ open_interpreter: { task: 3, source_hash: null } })).toEqual(empty);
  });

  it('is read from the metadata', () => {
    expect(markOf({ open_interpreter: { task: 't', source_hash: 'h' } })).toEqual({ task: 't', sourceHash: 'h' });
  });
});

describe('a prompt cell', () => {
  it.each(['%%interpret\nmean', '\n\n  %interpret mean', '%%interpret --plan\n平均'])('is %p', source => {
    expect(isPrompt(source)).toBe(true);
  });

  it.each(['x = 1', '# %%interpret', '%%interpreter\nx', '%oi undo', ''])('is not %p', source => {
    expect(isPrompt(source)).toBe(false);
  });
});
