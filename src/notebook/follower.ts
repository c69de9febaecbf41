import type { CodeCell } from '@jupyterlab/cells';
import { type Kernel, KernelMessage } from '@jupyterlab/services';

import type { IRun } from '../wire';

/**
 * Let a cell show what its kernel publishes under a parent message that we choose.
 *
 * The harmless request goes out under that id, so that the kernel connection has a real future for it: output, stdin,
 * display ids, clear_output and Output widgets then find the cell by JupyterLab's own routes. The answer to the request
 * comes when the prompt is over and says nothing. `early` is a question for input that overtook the run. `find` tells the
 * cell's widget, which is another one after the cell was moved.
 */
export function follow(
  find: () => CodeCell | undefined,
  kernel: Kernel.IKernelConnection,
  run: IRun,
  early?: KernelMessage.IInputRequestMsg
): void {
  const cell = find();
  if (!cell) {
    return;
  }
  begin(cell, run.source);
  const request = KernelMessage.createMessage<KernelMessage.ICommInfoRequestMsg>({
    msgType: 'comm_info_request',
    channel: 'shell',
    msgId: run.msg_id,
    session: kernel.clientId,
    username: kernel.username,
    content: { target_name: 'none' }
  });
  const future = kernel.sendShellMessage<'comm_info_request'>(request, true, false);
  cell.outputArea.future = future as unknown as typeof cell.outputArea.future;
  let count: number | null = null;
  const mine = (): CodeCell | undefined => {
    const shown = find();
    return shown?.outputArea.future === (future as unknown) ? shown : undefined;
  };
  const end = (): void => {
    const shown = mine();
    if (shown) {
      // Only now: JupyterLab takes a cell that has a count for one that has run.
      shown.model.executionCount = count;
      shown.model.executionState = 'idle';
      setClean(shown);
    }
  };
  future.registerMessageHook(message => {
    if (KernelMessage.isExecuteInputMsg(message)) {
      count = message.content.execution_count;
    } else if (KernelMessage.isStatusMsg(message) && message.content.execution_state === 'idle') {
      end();
    }
    return true;
  });
  if (early) {
    void future.onStdin(early);
  }
  // A restarted kernel drops its futures: nothing runs any more. Where the cell was moved while it ran, JupyterLab takes
  // the answer for an execute reply, and the count for lost.
  future.done
    .then(() => Promise.resolve())
    .then(() => {
      const shown = mine();
      if (shown) {
        shown.model.executionCount = count;
      }
    }, end);
}

/** Make a cell look like one that runs this source, as JupyterLab does. */
export function begin(cell: CodeCell, source: string): void {
  const model = cell.model;
  model.sharedModel.transact(
    () => {
      model.clearExecution();
      if (model.sharedModel.getSource() !== source) {
        model.sharedModel.setSource(source);
      }
      cell.outputHidden = false;
    },
    false,
    'silent-change'
  );
  model.executionState = 'running';
  model.trusted = true;
}

/** The source that stands there counts as the one that ran, though JupyterLab did not send it. */
export function setClean(cell: CodeCell): void {
  (cell.model as { isDirty: boolean }).isDirty = false;
}
