import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { COMMANDS, type IAsking } from '../contracts';
import { FixButtons, INotebookTracker } from '../notebook';

/** Puts a button at the outputs of a cell that failed. */
export const fix: JupyterFrontEndPlugin<void> = {
  id: 'open-interpreter-lab:fix',
  description: 'Puts a button at the outputs of a cell that failed.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ITranslator],
  activate: ({ commands }: JupyterFrontEnd, tracker: INotebookTracker, translator: ITranslator | null) => {
    const trans = (translator ?? nullTranslator).load('open_interpreter_lab');
    const ask = (path: string, cell: string): void => {
      const asking: IAsking = { command: 'fix', cell, path };
      commands.execute(COMMANDS.ask, { ...asking }).catch((reason: unknown) => {
        console.error('The cell could not be asked about.', reason);
      });
    };
    new FixButtons(tracker, ask, trans);
  }
};
