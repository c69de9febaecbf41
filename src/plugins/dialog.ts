import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { COMMANDS, ILiveClient } from '../contracts';

/** The dialog in which a person chooses the model; its code comes when it is first opened. */
export const dialog: JupyterFrontEndPlugin<void> = {
  id: 'open-interpreter-lab:dialog',
  description: 'Chooses the model that answers, tests it, and saves it on the server.',
  autoStart: true,
  requires: [ILiveClient],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    client: ILiveClient,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('open_interpreter_lab');
    app.commands.addCommand(COMMANDS.chooseModel, {
      label: trans.__('Choose Model…'),
      caption: trans.__('Choose the model that answers in the Open Interpreter panel'),
      describedBy: { args: { type: 'object', properties: {} } },
      execute: async () => {
        const { openModelDialog } = await import('../dialog');
        return openModelDialog(client, trans);
      }
    });
    palette?.addItem({ command: COMMANDS.chooseModel, category: trans.__('Open Interpreter') });
  }
};
