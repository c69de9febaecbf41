import { YNotebook } from '@jupyter/ydoc';

/** A shared notebook with these cells. */
export function notebookOf(...cells: (string | Record<string, unknown>)[]): YNotebook {
  const notebook = new YNotebook();
  cells.forEach((cell, index) => {
    const given = typeof cell === 'string' ? { source: cell } : cell;
    notebook.addCell({ cell_type: 'code', id: `c${String(index)}`, source: '', metadata: {}, ...given });
  });
  return notebook;
}

/** The sources of all cells, in order. */
export function sourcesOf(notebook: YNotebook): string[] {
  return notebook.cells.map(cell => cell.source);
}
