import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';

import { IChats, ILiveClient, INotebooks } from '../contracts';
import { Chats, HeldNotebooks } from '../session';

/** Keeps the chats about the notebook in front, and carries out the server's orders for the notebooks of this page. */
export const chats: JupyterFrontEndPlugin<IChats> = {
  id: 'open-interpreter-lab:chats',
  description: 'Keeps the chats about the notebook in front.',
  autoStart: true,
  provides: IChats,
  requires: [ILiveClient, INotebooks],
  activate: (_: JupyterFrontEnd, client: ILiveClient, notebooks: INotebooks) => {
    // First, since the server must know which notebooks are here before it hears of their chats.
    new HeldNotebooks(client, notebooks);
    return new Chats(client, notebooks);
  }
};
