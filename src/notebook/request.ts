import type { CodeCell } from '@jupyterlab/cells';
import { type Kernel, KernelMessage } from '@jupyterlab/services';
import type { PartialJSONObject } from '@lumino/coreutils';

import { CLIENT_KEY, PLACE_KEY, REMOVED_KEY } from '../wire';
import { begin } from './follower';

type Future = Kernel.IShellFuture<KernelMessage.IExecuteRequestMsg, KernelMessage.IExecuteReplyMsg>;

/** An execute request whose id somebody else has chosen. */
export interface IRequest {
  msgId: string;
  /** Whether the notebook's settings want times in the cell's metadata. */
  recordTiming: boolean;
  /** What JupyterLab tells a kernel of cells that were deleted. */
  deletedCells: string[];
  /** Called before anything that the kernel publishes changes the cell. */
  onHeard: () => void;
}

/**
 * Run a cell as JupyterLab's `CodeCell.execute` does, but under an id that is given.
 *
 * `requestExecute` chooses the id itself, so the message is made by hand. `find` tells the cell's widget, which is another
 * one after the cell was moved. Throws where the kernel's connection takes no message any more.
 */
export function execute(
  find: () => CodeCell | undefined,
  kernel: Kernel.IKernelConnection,
  { msgId, recordTiming, deletedCells, onHeard }: IRequest
): void {
  const cell = find();
  if (!cell) {
    return;
  }
  const code = cell.model.sharedModel.getSource();
  const metadata = { ...honest(cell.model.metadata), deletedCells, recordTiming, cellId: cell.model.id };
  const request = KernelMessage.createMessage<KernelMessage.IExecuteRequestMsg>({
    msgType: 'execute_request',
    channel: 'shell',
    msgId,
    session: kernel.clientId,
    username: kernel.username,
    metadata: metadata,
    content: {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: true,
      stop_on_error: !mayRaise(metadata)
    }
  });
  const future = kernel.sendShellMessage<'execute_request'>(request, true, false) as Future;
  begin(cell, code);
  cell.outputArea.future = future;
  const mine = (): CodeCell | undefined => {
    const shown = find();
    return shown && !shown.isDisposed && shown.outputArea.future === future ? shown : undefined;
  };
  future.registerMessageHook(() => {
    onHeard();
    return true;
  });
  if (recordTiming) {
    time(future, mine);
  }
  future.done.then(
    reply => {
      end(mine(), reply.content.execution_count);
    },
    () => {
      // The kernel was restarted, or the cell ran anew.
      end(mine(), null);
    }
  );
}

function end(cell: CodeCell | undefined, count: number | null | undefined): void {
  if (cell) {
    cell.model.executionCount = count ?? null;
    cell.model.executionState = 'idle';
  }
}

/** The cell's own metadata without what only presence may say; anybody may have written it. */
function honest(metadata: PartialJSONObject): PartialJSONObject {
  const { [CLIENT_KEY]: _client, [PLACE_KEY]: _place, [REMOVED_KEY]: _removed, ...rest } = metadata;
  return rest;
}

function mayRaise(metadata: PartialJSONObject): boolean {
  return Array.isArray(metadata.tags) && metadata.tags.includes('raises-exception');
}

/** Write the times into the cell's metadata, under JupyterLab's own names. */
function time(future: Future, mine: () => CodeCell | undefined): void {
  const note = (name: string, value: unknown): void => {
    const model = mine()?.model;
    if (model) {
      const times = model.getMetadata('execution') as PartialJSONObject | undefined;
      model.setMetadata('execution', {
        ...times,
        [name]: typeof value === 'string' ? value : new Date().toISOString()
      });
    }
  };
  future.registerMessageHook(message => {
    if (KernelMessage.isStatusMsg(message)) {
      note(`iopub.status.${message.content.execution_state}`, message.header.date);
    } else if (KernelMessage.isExecuteInputMsg(message)) {
      note('iopub.execute_input', message.header.date);
    }
    return true;
  });
  future.done.then(
    reply => {
      if (typeof reply.metadata.started === 'string') {
        note('shell.execute_reply.started', reply.metadata.started);
      }
      note('shell.execute_reply', reply.header.date);
    },
    () => {
      note('execution_failed', undefined);
    }
  );
}
