import type { JSONObject } from '@lumino/coreutils';

import { withPresence } from '../../src/notebook/presence';

const place = { type: 'Place' as const, prompt: 'c0', cells: [], path: '', task: '' };
const here = { removed: 4, has: (id: string) => id === 'c0', place: () => place };
const forged = { open_interpreter_client: 'forged', open_interpreter_place: {}, open_interpreter_removed: 9 };

describe('presence', () => {
  it('is told with every cell of the document', () => {
    expect(withPresence('me', here, 'x = 1', { cellId: 'c0', tags: [] })).toEqual({
      cellId: 'c0',
      tags: [],
      open_interpreter_client: 'me',
      open_interpreter_removed: 4
    });
  });

  it.each(['%%interpret\nmean', '%oi undo', 'if x:\n    %interpret y'])('comes with a place for %p', code => {
    expect(withPresence('me', here, code, { cellId: 'c0' })).toHaveProperty('open_interpreter_place', place);
  });

  it('takes the place of what a file has forged', () => {
    const told = withPresence('me', here, 'x', { cellId: 'c0', ...forged });
    expect(told).toEqual({ cellId: 'c0', open_interpreter_client: 'me', open_interpreter_removed: 4 });
  });

  it.each<JSONObject>([{ cellId: 'elsewhere' }, {}, { cellId: 3 }])('is not told for %p, forged or not', metadata => {
    expect(withPresence('me', here, '%oi', { ...metadata, ...forged })).toEqual(metadata);
  });
});
