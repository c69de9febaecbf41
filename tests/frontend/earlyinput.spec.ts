import type { Kernel } from '@jupyterlab/services';
import { KernelMessage } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';

import { EarlyInput } from '../../src/notebook/earlyinput';

type Message = KernelMessage.IMessage;

const parent = (msg_id: string): { parentHeader: KernelMessage.IHeader } => ({
  parentHeader: { msg_id } as KernelMessage.IHeader
});
const asks = (msgId: string): Message =>
  KernelMessage.createMessage<KernelMessage.IInputRequestMsg>({
    msgType: 'input_request',
    channel: 'stdin',
    session: 'kernel',
    ...parent(msgId),
    content: { prompt: 'name? ', password: false }
  });
const runs = (msgId: string): Message =>
  KernelMessage.createMessage<KernelMessage.ICommMsgMsg<'iopub'>>({
    msgType: 'comm_msg',
    channel: 'iopub',
    session: 'kernel',
    content: { comm_id: 'c', data: { type: 'Run', id: 'b1', msg_id: msgId, source: 'input()' } }
  });

function watch(...messages: Message[]): EarlyInput {
  const kernel = { isDisposed: false } as { isDisposed: boolean; anyMessage: Signal<object, unknown> };
  kernel.anyMessage = new Signal(kernel);
  const early = new EarlyInput(kernel as unknown as Kernel.IKernelConnection);
  messages.forEach(msg => {
    kernel.anyMessage.emit({ msg, direction: 'recv' });
  });
  return early;
}

describe('a question for input', () => {
  it('is kept when it overtakes the run of its cell', () => {
    const early = watch(asks('m1'), runs('m1'));
    expect(early.take('m1')?.content.prompt).toBe('name? ');
    expect(early.take('m1')).toBeUndefined();
  });

  it('is left to JupyterLab when it comes after the run', () => {
    expect(watch(runs('m1'), asks('m1')).take('m1')).toBeUndefined();
  });

  it('is left to JupyterLab when it belongs to another request', () => {
    const early = watch(asks('other'), runs('m1'));
    expect(early.take('m1')).toBeUndefined();
    expect(early.take('other')).toBeUndefined();
  });
});
