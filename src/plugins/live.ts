import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { LiveClient } from '../client';
import { ILiveClient } from '../contracts';

/** Connects this page with the server's part. */
export const live: JupyterFrontEndPlugin<ILiveClient> = {
  id: 'open-interpreter-lab:live',
  description: 'Connects this page with the server’s part.',
  autoStart: true,
  provides: ILiveClient,
  optional: [ITranslator],
  activate: (app: JupyterFrontEnd, translator: ITranslator | null) =>
    new LiveClient((translator ?? nullTranslator).load('open_interpreter_lab'), app.serviceManager.serverSettings)
};
