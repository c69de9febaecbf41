import type { TranslationBundle } from '@jupyterlab/translation';

import type { ILiveClient, INotebooks } from '../contracts';
import type { IPromptProps } from './prompt';
import { Recall } from './recall';
import { Sketching } from './sketching';
import { PromptWidget } from './widget';

/** How long a cell is waited for that is not drawn yet, and how often it is looked for, in milliseconds. */
const PATIENCE = 3000;
const STEP = 30;

/** The prompts that stand above cells, at most one at each. */
export class Prompts {
  readonly #open = new Map<string, PromptWidget>();
  readonly #recall = new Recall();

  /** In these notebooks. */
  constructor(
    private readonly client: ILiveClient,
    private readonly notebooks: INotebooks,
    private readonly trans: TranslationBundle
  ) {}

  /** Ask above this cell; tells whether the prompt can be seen. `leave` is called when the words came to nothing. */
  async edit(path: string, cell: string, leave?: () => void): Promise<boolean> {
    const known = this.#open.get(cell);
    if (known) {
      known.focus();
      return true;
    }
    const { client, notebooks, trans } = this;
    if (notebooks.cell(path, cell)?.kind !== 'code') {
      return false;
    }
    const sketching = new Sketching(client, notebooks, trans, path, cell);
    const close = (then: Parameters<IPromptProps['close']>[0]): void => {
      widget.dispose();
      if (then === 'run') {
        notebooks.run(path, cell);
      }
      if (then === 'refused' && leave) {
        leave();
      } else {
        notebooks.focus(path, cell, then === 'accepted');
      }
    };
    const widget = new PromptWidget({ sketching, recall: this.#recall, trans, close });
    this.#open.set(cell, widget);
    widget.disposed.connect(() => {
      this.#open.delete(cell);
      sketching.dispose();
    });
    const isSeen = await this.#show(path, cell, widget);
    if (!isSeen) {
      widget.dispose();
    }
    return isSeen;
  }

  /** Ask above a new cell below this one; it goes again when nothing comes of it. */
  async generate(path: string, above: string): Promise<boolean> {
    const cell = this.notebooks.insertBelow(path, above);
    if (cell === '') {
      return false;
    }
    const leave = (): void => {
      this.notebooks.discard(path, cell);
      this.notebooks.focus(path, above);
    };
    const isSeen = await this.edit(path, cell, leave);
    if (!isSeen) {
      leave();
    }
    return isSeen;
  }

  /** A cell that was just made, or is far away, is drawn only when the notebook has gone there. */
  async #show(path: string, cell: string, widget: PromptWidget): Promise<boolean> {
    const end = Date.now() + PATIENCE;
    let isSeen = this.notebooks.showAbove(path, cell, widget);
    while (!isSeen && this.notebooks.cell(path, cell) && Date.now() < end) {
      this.notebooks.focus(path, cell);
      await new Promise(resolve => setTimeout(resolve, STEP));
      isSeen = this.notebooks.showAbove(path, cell, widget);
    }
    return isSeen;
  }
}
