import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';

import type { DocumentEdit, IAsk, IAnswered, IChoose, IChosen, IPlace, IRun, IStanding } from './wire';

/** One open document on one kernel: what the bridge does to it, in the words of docs/wire.md. */
export interface INotebookDesk extends IDisposable {
  /** The connection that runs this document's cells, null while it has none. */
  readonly kernel: Kernel.IKernelConnection | null;
  /** Emitted when `kernel` has become another one. */
  readonly kernelChanged: ISignal<INotebookDesk, void>;
  /** Where the cell of this id stands; null when it is not in this document. */
  place(id: string): IPlace | null;
  /** Carry out an edit of the document; one for a cell that is gone does nothing. */
  write(edit: DocumentEdit): void;
  /** Route what the kernel publishes under `run.msg_id` into the cell. */
  follow(run: IRun, early?: KernelMessage.IInputRequestMsg): void;
  /** The task of a prompt begins. */
  begin(prompt: string): void;
  /** The task is over. With `abandoned` its kernel is gone, and what was never finished goes too. */
  end(abandoned?: boolean): void;
  /** Whether the cells of a settled prompt run anyhow, since they are queued behind it. */
  areQueued(standing: IStanding): boolean;
  /** Run these cells as the person would. */
  run(ids: readonly string[]): void;
  /** Ask for a settled prompt again: `--fresh`, and run it. */
  askAgain(prompt: string): void;
  /** The person would rather not ask again: `--fresh` goes where `askAgain` has put it. */
  askNoMore(prompt: string): void;
  /** Let go of a prompt's cells: they become ordinary ones. */
  detach(standing: IStanding): void;
  /** Show a widget under the input of a cell and bring it into sight; it is disposed with the cell. */
  show(id: string, widget: Widget): void;
}

/** Everything that can be asked at a prompt cell, as widgets; `answer` is called at most once. */
export interface IQuestionForms {
  ask(edit: IAsk, answer: (answered: IAnswered) => void): Widget;
  choose(edit: IChoose, answer: (chosen: IChosen) => void): Widget;
  standing(edit: IStanding, actions: IStandingActions): Widget;
}

/** What the three buttons of a standing prompt do. */
export interface IStandingActions {
  run(): void;
  askAgain(): void;
  detach(): void;
}
