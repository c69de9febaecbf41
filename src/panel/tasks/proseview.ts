import type { IDisposable } from '@lumino/disposable';

import { splitBlocks } from './blocks';
import type { Markdown } from './markdown';

/** Milliseconds that a rendering may take without any waiting. */
const QUICK = 8;
/** Milliseconds that one waits at most before the next, so that a long block takes half of the time, never all of it. */
const LONGEST = 100;

interface IBlock {
  source: string;
  node: HTMLElement;
  isSettled: boolean;
}

/**
 * A text that grows, as Markdown in an element.
 *
 * Only a block whose source has changed is rendered; formulas are set once a block is whole. It is no React component,
 * since a piece that has come must be painted in the same frame.
 */
export class ProseView implements IDisposable {
  /** Show it in this element, which belongs to it from now on. */
  constructor(host: HTMLElement, markdown: Markdown) {
    this._host = host;
    this._markdown = markdown;
  }

  /** Whether it shows nothing any more. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Take everything away. */
  dispose(): void {
    this._isDisposed = true;
    window.clearTimeout(this._timer);
    this._host.replaceChildren();
  }

  /** Show this text; `isOpen` says that more of it will come. */
  show(text: string, isOpen: boolean): void {
    if (this._isDisposed || (text === this._text && isOpen === this._isOpen)) {
      return;
    }
    this._text = text;
    this._isOpen = isOpen;
    window.clearTimeout(this._timer);
    const wait = this._rested - performance.now();
    if (isOpen && wait > 0) {
      this._timer = window.setTimeout(() => {
        this._draw();
      }, wait);
    } else {
      this._draw();
    }
  }

  private _draw(): void {
    const sources = splitBlocks(this._text, this._isOpen);
    for (const block of this._blocks.splice(sources.length)) {
      block.node.remove();
    }
    sources.forEach((source, index) => {
      const isSettled = !this._isOpen || index < sources.length - 1;
      const block = this._blocks[index] ?? this._add(source);
      if (block.source !== source || block.isSettled !== isSettled) {
        block.source = source;
        block.isSettled = isSettled;
        void this._fill(block);
      }
    });
  }

  private _add(source: string): IBlock {
    const node = document.createElement('div');
    node.className = 'jp-OpenInterpreter-block';
    node.dir = 'auto';
    // What is not rendered yet can be read already.
    node.textContent = source;
    this._host.appendChild(node);
    const block = { source: '', node, isSettled: false };
    this._blocks.push(block);
    return block;
  }

  private async _fill(block: IBlock): Promise<void> {
    const { source, isSettled } = block;
    const isCurrent = (): boolean => !this._isDisposed && block.source === source && block.isSettled === isSettled;
    const began = performance.now();
    try {
      const made = await this._markdown.render(source);
      if (isCurrent()) {
        block.node.replaceChildren(made);
      }
      this._rest(performance.now() - began);
      if (isSettled && isCurrent()) {
        await this._markdown.typeset(block.node);
      }
    } catch (error) {
      // The text stays as it was written, which can be read.
      console.warn('A text could not be shown as Markdown.', error);
    }
  }

  /** Two slow renderings in a row are no accident, as the first of a language is, which is loaded then. */
  private _rest(took: number): void {
    const slow = Math.min(took, this._took);
    this._took = took;
    this._rested = slow > QUICK ? performance.now() + Math.min(slow, LONGEST) : 0;
  }

  private readonly _host: HTMLElement;
  private readonly _markdown: Markdown;
  private readonly _blocks: IBlock[] = [];
  private _text = '';
  private _isOpen = false;
  private _isDisposed = false;
  private _took = 0;
  private _rested = 0;
  private _timer = 0;
}
