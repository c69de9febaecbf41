import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator } from '@jupyterlab/translation';

import { INotebooks } from '../contracts';
import { INotebookTracker, Notebooks } from '../notebook';

/** Tells of the notebooks that are open here, and does in them what is asked. */
export const notebooks: JupyterFrontEndPlugin<INotebooks> = {
  id: 'open-interpreter-lab:notebooks',
  description: 'Tells of the notebooks that are open here, and does in them what is asked.',
  autoStart: true,
  provides: INotebooks,
  requires: [INotebookTracker],
  optional: [ITranslator],
  activate: (app: JupyterFrontEnd, tracker: INotebookTracker, translator: ITranslator | null) =>
    new Notebooks(
      tracker,
      path => {
        app.commands.execute('docmanager:open', { path }).catch((reason: unknown) => {
          console.error(`The notebook ${path} could not be opened.`, reason);
        });
      },
      app.serviceManager.contents,
      translator ?? undefined
    )
};
