import type { Cell } from '@jupyterlab/cells';
import { type Notebook, NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import type { ITranslator } from '@jupyterlab/translation';
import { UUID } from '@lumino/coreutils';
import type { PanelLayout, Widget } from '@lumino/widgets';

import { isReadOnly } from './hands';
import { asOneStep } from './steps';
import type { Views } from './views';
import { find } from './writer';

const FLASH = 'jp-OpenInterpreter-flash';
/** How long a cell flashes, in milliseconds; style/notebook.css has the same. */
const FLASH_TIME = 1600;

/** What a person does to one document by our buttons and shortcuts. */
export class Gestures {
  /** In this document, in the view that the person looks at. */
  constructor(context: NotebookPanel['context'], views: Views, translator?: ITranslator) {
    this._context = context;
    this._views = views;
    this._translator = translator;
  }

  /** Scroll to a cell and let it flash once. */
  reveal(id: string): void {
    const [notebook, cell] = this._seen(id);
    if (!notebook || !cell) {
      return;
    }
    if (cell.isHidden) {
      NotebookActions.expandParent(cell, notebook);
    }
    const flash = (): void => {
      cell.node.classList.add(FLASH);
      setTimeout(() => {
        cell.node.classList.remove(FLASH);
      }, FLASH_TIME);
    };
    notebook.scrollToItem(notebook.widgets.indexOf(cell), 'smart', 0.1).then(flash, flash);
  }

  /** Run a cell as the person would. */
  run(id: string): void {
    const [notebook, cell] = this._seen(id);
    if (notebook && cell) {
      void NotebookActions.runCells(notebook, [cell], this._context.sessionContext, undefined, this._translator);
    }
  }

  /** Show a widget above the input of a cell, which disposes it; tells whether it can be seen. */
  showAbove(id: string, widget: Widget): boolean {
    const [notebook, cell] = this._seen(id);
    if (!notebook || !cell || cell.isPlaceholder()) {
      return false;
    }
    const layout = cell.layout as PanelLayout;
    const input = layout.widgets.findIndex(each => each.hasClass('jp-Cell-inputWrapper'));
    layout.insertWidget(Math.max(0, input), widget);
    void notebook.scrollToItem(notebook.widgets.indexOf(cell), 'smart').catch(() => undefined);
    return true;
  }

  /** Replace the source of a cell as one step of undo, if it still reads so. */
  rewrite(id: string, expected: string, source: string): boolean {
    const cell = find(this._shared, id)?.cell;
    if (cell?.source !== expected || isReadOnly(this._context)) {
      return false;
    }
    asOneStep(cell, () => {
      cell.setSource(source);
    });
    return true;
  }

  /** Put an empty code cell below this one and make it the active one. */
  insertBelow(id: string): string {
    const above = find(this._shared, id);
    if (!above || isReadOnly(this._context)) {
      return '';
    }
    const made = UUID.uuid4();
    asOneStep(this._shared, () => {
      // An empty cell that a person makes is trusted, as JupyterLab's own are.
      const cell = { cell_type: 'code', id: made, source: '', metadata: { trusted: true }, outputs: [] };
      this._shared.insertCell(above.index + 1, cell);
    });
    this._activate(made);
    this._made.add(made);
    return made;
  }

  /** Take out a cell that `insertBelow` has made, if it is still empty. */
  discard(id: string): void {
    const cell = find(this._shared, id);
    if (cell && this._made.delete(id) && cell.cell.source.trim() === '') {
      asOneStep(this._shared, () => {
        this._shared.deleteCell(cell.index);
      });
    }
  }

  /** Put the keyboard's focus into a cell's editor, or on the cell as a whole. */
  focus(id: string, edit: boolean): void {
    const notebook = this._activate(id);
    if (!notebook) {
      return;
    }
    notebook.node.focus({ preventScroll: true });
    if (edit) {
      notebook.mode = 'edit';
      // The mode may have been this one: then nothing has moved the focus.
      notebook.activeCell?.editor?.focus();
    } else {
      notebook.mode = 'command';
      void NotebookActions.focusActiveCell(notebook, { waitUntilReady: true, preventScroll: false });
    }
  }

  private _activate(id: string): Notebook | undefined {
    const [notebook, cell] = this._seen(id);
    if (notebook && cell) {
      notebook.deselectAll();
      notebook.activeCellIndex = notebook.widgets.indexOf(cell);
    }
    return cell ? notebook : undefined;
  }

  /** A cell in the view that a person looks at. */
  private _seen(id: string): [Notebook | undefined, Cell | undefined] {
    const notebook = this._views.front?.content;
    return [notebook, notebook?.widgets.find(cell => cell.model.id === id)];
  }

  private get _shared(): NotebookPanel['context']['model']['sharedModel'] {
    return this._context.model.sharedModel;
  }

  private _context: NotebookPanel['context'];
  private _made = new Set<string>();
  private _translator: ITranslator | undefined;
  private _views: Views;
}
