import { type Kernel, KernelMessage } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';

import { isEdit } from '../wire';

/**
 * Keeps a question for input that came before the edit which makes its cell run.
 *
 * The two come over different channels, so the question can overtake; JupyterLab then drops it, since it knows nothing
 * of its parent yet, and the kernel would wait for ever. One place is enough: a kernel that asks does nothing else.
 */
export class EarlyInput implements IDisposable {
  /** Watch what comes from this kernel. */
  constructor(kernel: Kernel.IKernelConnection) {
    this._kernel = kernel;
    kernel.anyMessage.connect(this._onMessage, this);
  }

  /** Whether this is over. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Watch no more. */
  dispose(): void {
    this._isDisposed = true;
    if (!this._kernel.isDisposed) {
      this._kernel.anyMessage.disconnect(this._onMessage, this);
    }
  }

  /** The question that came too early for the run of this message id, once. */
  take(msgId: string): KernelMessage.IInputRequestMsg | undefined {
    const message = this._early.get(msgId);
    this._early.delete(msgId);
    return message;
  }

  private _onMessage(_: unknown, { msg, direction }: Kernel.IAnyMessageArgs): void {
    if (direction !== 'recv') {
      return;
    }
    if (KernelMessage.isInputRequestMsg(msg)) {
      this._last = msg;
    } else if (KernelMessage.isCommMsgMsg(msg)) {
      const edit: unknown = msg.content.data;
      if (isEdit(edit) && edit.type === 'Run' && this._last && parentOf(this._last) === edit.msg_id) {
        this._early.set(edit.msg_id, this._last);
        this._last = null;
      }
    }
  }

  private _early = new Map<string, KernelMessage.IInputRequestMsg>();
  private _isDisposed = false;
  private _kernel: Kernel.IKernelConnection;
  private _last: KernelMessage.IInputRequestMsg | null = null;
}

function parentOf(message: KernelMessage.IMessage): string | undefined {
  return 'msg_id' in message.parent_header ? message.parent_header.msg_id : undefined;
}
