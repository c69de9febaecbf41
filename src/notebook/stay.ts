import type { Notebook } from '@jupyterlab/notebook';

/** Note which cells are active and selected, by their ids; what is returned makes them so again. */
export function stay(notebook: Notebook): () => void {
  const active = notebook.activeCell?.model.id;
  const selected = notebook.widgets.filter(cell => notebook.isSelected(cell)).map(cell => cell.model.id);
  return () => {
    if (notebook.isDisposed) {
      return;
    }
    const index = notebook.widgets.findIndex(cell => cell.model.id === active);
    if (index >= 0 && index !== notebook.activeCellIndex) {
      notebook.activeCellIndex = index;
    }
    notebook.widgets.forEach(cell => {
      if (selected.includes(cell.model.id)) {
        notebook.select(cell);
      }
    });
  };
}
