import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { JSONValue } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { Widget } from '@lumino/widgets';

import type { IQuestionForms } from '../tokens';
import { COMM_TARGET, type Edit, type IAnswered, type IChosen, type IPlace, isEdit, type IStanding } from '../wire';
import type { Desk } from './desk';
import { EarlyInput } from './earlyinput';
import { announce, type IWhereabouts } from './presence';

/** A comm on which messages may have to wait until the kernel has a subshell for it (JupyterLab 4.4 and newer). */
type Comm = Kernel.IComm & { readonly subshellStarted?: Promise<void> };

/** How long an answer waits for the kernel's subshell, in milliseconds. */
const SUBSHELL_PATIENCE = 1000;

const OVER: readonly string[] = ['restarting', 'autorestarting', 'terminating', 'dead'];

/**
 * Does, for one document, what its kernel wants of it while prompts run.
 *
 * Edits are carried out in the comm's message handler itself: the messages of one kernel are awaited in order, so no
 * output can overtake the insertion of its cell.
 */
export class Bridge implements IDisposable, IWhereabouts {
  /** From now until the document is closed. */
  constructor(desk: Desk, forms: IQuestionForms) {
    this._desk = desk;
    this._forms = forms;
    desk.kernelChanged.connect(this._onKernelChanged, this);
    desk.closing.connect(this._hangUp, this);
    desk.disposed.connect(this.dispose, this);
    this._onKernelChanged();
  }

  /** Whether the document is closed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Let go of kernel and document; what was asked is asked no more. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._desk.kernelChanged.disconnect(this._onKernelChanged, this);
    this._desk.closing.disconnect(this._hangUp, this);
    this._desk.disposed.disconnect(this.dispose, this);
    this._letGo();
  }

  /** The number of the last removal that was carried out for this kernel. */
  get removed(): number {
    return this._removed;
  }

  /** Whether a cell of this id is in the document. */
  has(id: string): boolean {
    return this._desk.has(id);
  }

  /** Where the cell of this id stands. */
  place(id: string): IPlace | null {
    return this._desk.place(id);
  }

  /** A cell runs: what was asked or offered at it is over. */
  onRun(id: string, code: string, request: ReturnType<Kernel.IKernelConnection['requestExecute']>): void {
    this._asked.get(id)?.dispose();
    this._desk.noteRun(id, code);
    const msgId = request.msg.header.msg_id;
    const forget = (): void => {
      this._requests.delete(msgId);
    };
    this._requests.set(msgId, id);
    request.done.then(forget, forget);
  }

  private _onKernelChanged(): void {
    const kernel = this._desk.kernel;
    if (kernel === this._kernel) {
      return;
    }
    this._letGo();
    this._desk.end(true);
    this._kernel = kernel;
    if (!kernel) {
      return;
    }
    kernel.registerCommTarget(COMM_TARGET, this._onOpen);
    kernel.statusChanged.connect(this._onStatus, this);
    this._removed = 0;
    this._presence = announce(kernel, this);
    this._early = new EarlyInput(kernel);
  }

  private _letGo(): void {
    this._presence?.dispose();
    this._presence = null;
    this._early?.dispose();
    this._early = null;
    if (this._kernel && !this._kernel.isDisposed) {
      this._kernel.removeCommTarget(COMM_TARGET, this._onOpen);
      this._kernel.statusChanged.disconnect(this._onStatus, this);
    }
    this._kernel = null;
    this._clear();
    this._requests.clear();
  }

  private _onStatus(_: Kernel.IKernelConnection, status: Kernel.Status): void {
    if (OVER.includes(status)) {
      this._removed = 0;
      this._clear();
      this._desk.end(true);
    }
  }

  private _clear(): void {
    [...this._asked.values()].forEach(widget => {
      widget.dispose();
    });
  }

  /** Nobody will answer any more: a kernel that waits for it is told so. */
  private _hangUp(): void {
    if (this._asked.size > 0 && this._comm && !this._comm.isDisposed) {
      this._comm.close();
    }
  }

  private _onOpen = (comm: Kernel.IComm, open: KernelMessage.ICommOpenMsg): void => {
    // A second tab on the same kernel hears everything too; the one whose cell runs does the edits.
    const session = 'session' in open.parent_header ? open.parent_header.session : undefined;
    if (session !== this._kernel?.clientId) {
      return;
    }
    this._comm = comm;
    const questions = new Set<Widget>();
    const prompt = this._requests.get('msg_id' in open.parent_header ? open.parent_header.msg_id : '');
    if (prompt) {
      this._desk.begin(prompt);
    }
    comm.onMsg = message => {
      const edit: unknown = message.content.data;
      if (isEdit(edit)) {
        this._do(edit, comm, questions);
      } else {
        console.warn('Open Interpreter Lab: not an edit of docs/wire.md', edit);
      }
    };
    comm.onClose = () => {
      this._desk.end();
      questions.forEach(widget => {
        widget.dispose();
      });
    };
  };

  private _do(edit: Edit, comm: Comm, questions: Set<Widget>): void {
    const answer = (answered: IAnswered | IChosen): void => {
      void reply(comm, answered);
    };
    switch (edit.type) {
      case 'Run':
        this._desk.follow(edit, this._early?.take(edit.msg_id));
        return;
      case 'Standing':
        this._stand(edit);
        return;
      case 'Ask':
        questions.add(this._show(edit.id, this._forms.ask(edit, answer)));
        return;
      case 'Choose':
        questions.add(this._show(edit.id, this._forms.choose(edit, this._orNotAsk(edit.id, answer))));
        return;
      case 'Remove':
        this._removed = Math.max(this._removed, edit.number);
        this._desk.write(edit);
        return;
      default:
        this._desk.write(edit);
    }
  }

  private _orNotAsk(prompt: string, answer: (chosen: IChosen) => void): (chosen: IChosen) => void {
    return chosen => {
      if (chosen.choice === 'cancel') {
        this._desk.askNoMore(prompt);
      }
      answer(chosen);
    };
  }

  private _stand(edit: IStanding): void {
    if (this._desk.areQueued(edit)) {
      return;
    }
    const form = this._forms.standing(edit, {
      run: () => {
        this._desk.run(edit.ids);
      },
      askAgain: () => {
        this._desk.askAgain(edit.id);
      },
      detach: () => {
        this._desk.detach(edit);
      }
    });
    this._show(edit.id, form);
  }

  /** One question at a time stands at a cell. */
  private _show(id: string, widget: Widget): Widget {
    this._asked.get(id)?.dispose();
    this._asked.set(id, widget);
    widget.disposed.connect(() => {
      if (this._asked.get(id) === widget) {
        this._asked.delete(id);
      }
    });
    this._desk.show(id, widget);
    return widget;
  }

  private _asked = new Map<string, Widget>();
  private _comm: Kernel.IComm | null = null;
  private _desk: Desk;
  private _early: EarlyInput | null = null;
  private _forms: IQuestionForms;
  private _isDisposed = false;
  private _kernel: Kernel.IKernelConnection | null = null;
  private _presence: IDisposable | null = null;
  private _removed = 0;
  /** The cells that wait or run, by the ids of their requests. */
  private _requests = new Map<string, string>();
}

async function reply(comm: Comm, answered: IAnswered | IChosen): Promise<void> {
  // Where the kernel has no subshells, or they are switched off, JupyterLab never says that one has started.
  const patience = new Promise(resolve => setTimeout(resolve, SUBSHELL_PATIENCE));
  await Promise.race([comm.subshellStarted, patience]).catch(() => undefined);
  if (!comm.isDisposed) {
    comm.send(answered as unknown as JSONValue);
  }
}
