import type { CodeCell } from '@jupyterlab/cells';
import { type Kernel, KernelMessage } from '@jupyterlab/services';

import type { IRun } from '../wire';

/**
 * Let a cell show what its kernel publishes under a parent message that we choose.
 *
 * The harmless request goes out under that id, so that the kernel connection has a real future for it: output, stdin,
 * display ids, clear_output and Output widgets then find the cell by JupyterLab's own routes. The answer to the request
 * comes when the prompt is over and says nothing. `early` is a question for input that overtook the run.
 */
export function follow(
  cell: CodeCell,
  kernel: Kernel.IKernelConnection,
  run: IRun,
  early?: KernelMessage.IInputRequestMsg
): void {
  const model = cell.model;
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
  const end = (): void => {
    if (!model.isDisposed && cell.outputArea.future === (future as unknown)) {
      // Only now: JupyterLab takes a cell that has a count for one that has run.
      model.executionCount = count;
      model.executionState = 'idle';
      setClean(cell);
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
  // A restarted kernel drops its futures: nothing runs any more.
  future.done.catch(end);
}

function begin(cell: CodeCell, source: string): void {
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
