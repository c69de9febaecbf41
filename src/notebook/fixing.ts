import { CodeCell } from '@jupyterlab/cells';
import type { INotebookTracker, Notebook, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { Panel, Widget } from '@lumino/widgets';

import { isPrompt } from '../wire';
import { hasFailed } from './states';

/** Asks for a mended cell: the notebook's path as the server names it, and the cell's id. */
export type Fix = (path: string, id: string) => void;

/**
 * Puts a button at the outputs of every cell that failed, also of one that was saved so.
 *
 * Cells are looked at as they are made and as their outputs change. A prompt of `%%interpret` gets none: what failed
 * there is not its code.
 */
export class FixButtons implements IDisposable {
  /** In all notebooks that the tracker knows. */
  constructor(
    tracker: INotebookTracker,
    private readonly _fix: Fix,
    private readonly _trans: TranslationBundle
  ) {
    tracker.forEach(panel => {
      this._onAdded(tracker, panel);
    });
    tracker.widgetAdded.connect(this._onAdded, this);
  }

  /** Whether this is over. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Take all buttons away. */
  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.disconnectReceiver(this);
      this._buttons.forEach(button => {
        button.dispose();
      });
      this._buttons.clear();
    }
  }

  private _onAdded(_: INotebookTracker, panel: NotebookPanel): void {
    const content = panel.content;
    let model = content.model;
    const onCells = (_cells: unknown, change: { type: string; newIndex: number; newValues: unknown[] }): void => {
      if (change.type === 'add') {
        this._watch(panel, content, change.newIndex, change.newValues.length);
      }
    };
    const onModel = (): void => {
      if (model && !model.isDisposed) {
        model.cells.changed.disconnect(onCells);
      }
      model = content.model;
      model?.cells.changed.connect(onCells);
      this._watch(panel, content, 0, content.widgets.length);
    };
    content.modelChanged.connect(onModel);
    onModel();
  }

  private _watch(panel: NotebookPanel, notebook: Notebook, first: number, count: number): void {
    for (const cell of notebook.widgets.slice(first, first + count)) {
      if (cell instanceof CodeCell && !this._isDisposed) {
        const look = (): void => {
          this._look(panel, cell);
        };
        cell.model.outputs.changed.connect((_, change) => {
          const isNews = change.type !== 'add' || change.newValues.some(output => output.type === 'error');
          if (isNews) {
            look();
          }
        });
        cell.disposed.connect(() => this._buttons.delete(cell));
        look();
      }
    }
  }

  private _look(panel: NotebookPanel, cell: CodeCell): void {
    if (this._isDisposed || cell.isDisposed) {
      return;
    }
    const hasButton = this._buttons.has(cell);
    const isWanted = hasFailed(cell.model.outputs) && !isPrompt(cell.model.sharedModel.getSource());
    if (hasButton && !isWanted) {
      this._buttons.get(cell)?.dispose();
      this._buttons.delete(cell);
    } else if (isWanted && !hasButton) {
      this._put(panel, cell);
    }
  }

  private _put(panel: NotebookPanel, cell: CodeCell): void {
    if (cell.isPlaceholder()) {
      void cell.ready.then(() => {
        this._look(panel, cell);
      });
      return;
    }
    // The outputs themselves may be scrolled or collapsed; what is around them is neither.
    const around = [...cell.children()].find(child => child.hasClass('jp-Cell-outputWrapper'));
    if (around instanceof Panel) {
      const fix = (): void => {
        this._fix(panel.context.localPath, cell.model.id);
      };
      const button = new FixButton(fix, this._trans);
      this._buttons.set(cell, button);
      around.addWidget(button);
    }
  }

  private _buttons = new Map<CodeCell, Widget>();
  private _isDisposed = false;
}

/** One button. Its keys are its own, not the notebook's, and a script in some output cannot press it. */
class FixButton extends Widget {
  constructor(fix: () => void, trans: TranslationBundle) {
    super();
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'jp-OpenInterpreter-fixButton';
    button.textContent = trans.__('Fix');
    button.title = trans.__('Ask for a corrected cell');
    button.setAttribute('aria-label', trans.__('Fix this cell'));
    button.addEventListener('click', event => {
      if (event.isTrusted) {
        fix();
      }
    });
    this.addClass('jp-OpenInterpreter-fix');
    this.node.dataset.lmSuppressShortcuts = 'true';
    this.node.append(button);
  }
}
