/** Notebook panels as JupyterLab builds them, on kernels and files that are the test's. */

import './browser';

import type { CodeCell } from '@jupyterlab/cells';
import { NotebookPanel, NotebookTracker } from '@jupyterlab/notebook';
import { initNotebookContext, NBTestUtils } from '@jupyterlab/notebook/lib/testutils';
import type { Contents, Kernel, KernelMessage } from '@jupyterlab/services';
import { ServiceManagerMock } from '@jupyterlab/services/lib/testutils';
import { PromiseDelegate } from '@lumino/coreutils';
import { Widget } from '@lumino/widgets';

type Hook = (message: unknown) => boolean;

/** An execute request that was sent, and what the kernel says to it. */
export class Sent {
  readonly done = new PromiseDelegate<unknown>();
  onIOPub: (message: unknown) => void = () => undefined;
  isDisposed = false;
  private _hooks: Hook[] = [];

  constructor(
    readonly msg: KernelMessage.IExecuteRequestMsg,
    readonly flags: unknown[]
  ) {}

  /** As the kernel connection has it. */
  get future(): object {
    const setHeard = (heard: (message: unknown) => void): void => {
      this.onIOPub = heard;
    };
    return {
      msg: this.msg,
      done: this.done.promise,
      registerMessageHook: (hook: Hook) => this._hooks.push(hook),
      dispose: () => {
        this.isDisposed = true;
        this.done.reject(new Error('Canceled future'));
      },
      set onIOPub(heard: (message: unknown) => void) {
        setHeard(heard);
      },
      onReply: () => undefined,
      onStdin: () => undefined
    };
  }

  /** The kernel publishes something. */
  publish(msg_type: string, content: object): void {
    const message = { header: { msg_type, date: '2025-01-01T00:00:00Z' }, channel: 'iopub', content };
    this._hooks.forEach(hook => hook(message));
    this.onIOPub(message);
  }

  /** The kernel answers. */
  async reply(content: object): Promise<void> {
    this.done.resolve({ header: { date: '2025-01-01T00:00:01Z' }, metadata: {}, content });
    await settle();
  }
}

/** Until promises are through. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await Promise.resolve();
  }
}

/** A notebook that is open, with its tracker. */
export interface IOpened {
  tracker: NotebookTracker;
  panel: NotebookPanel;
  kernel: Kernel.IKernelConnection;
  contents: Contents.IManager;
  sent: Sent[];
  cell(index: number): CodeCell;
  sources(): string[];
}

/** Open a notebook with these cells (ids c0, c1, …) on a kernel. */
export async function open(
  path: string,
  cells: (string | Record<string, unknown>)[],
  tracker = new NotebookTracker({ namespace: 'notebook' })
): Promise<IOpened> {
  const manager = new ServiceManagerMock();
  (manager.contents.localPath as jest.Mock).mockImplementation((name: string) => name.replace(/^RTC:/, ''));
  const context = await initNotebookContext({ manager: manager as never, path, startKernel: true });
  context.model.fromJSON({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
    cells: cells.map((cell, index) => ({
      cell_type: 'code',
      id: `c${String(index)}`,
      source: '',
      metadata: {},
      outputs: [],
      execution_count: null,
      ...(typeof cell === 'string' ? { source: cell } : cell)
    })) as never
  });
  context.model.dirty = false;
  const panel = NBTestUtils.createNotebookPanel(context as never);
  panel.content.model = context.model as never;
  Widget.attach(panel, document.body);
  const kernel = context.sessionContext.session?.kernel as Kernel.IKernelConnection;
  const sent: Sent[] = [];
  Object.assign(kernel, {
    connectionStatus: 'connected',
    sendShellMessage: (message: KernelMessage.IExecuteRequestMsg, ...flags: unknown[]) => {
      const request = new Sent(message, flags);
      sent.push(request);
      return request.future;
    }
  });
  await tracker.add(panel);
  await context.ready;
  await settle();
  return {
    tracker,
    panel,
    kernel,
    contents: manager.contents,
    sent,
    cell: index => panel.content.widgets[index] as CodeCell,
    sources: () => panel.content.widgets.map(cell => cell.model.sharedModel.getSource())
  };
}
