import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { Bridge, Desk, INotebookTracker, type NotebookPanel } from '../notebook';
import { QuestionForms } from '../question/forms';

/** Gives every open document a desk and a bridge to its kernel. */
export const bridge: JupyterFrontEndPlugin<void> = {
  id: 'open-interpreter-lab:bridge',
  description: 'Does in the open notebook what its kernel wants while a prompt cell runs.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ITranslator],
  activate: (_: JupyterFrontEnd, tracker: INotebookTracker, translator: ITranslator | null) => {
    const language = translator ?? nullTranslator;
    const forms = new QuestionForms(language.load('open_interpreter_lab'));
    const desks = new Map<NotebookPanel['context'], Desk>();
    const open = (panel: NotebookPanel): void => {
      const context = panel.context;
      const known = desks.get(context);
      if (known) {
        known.add(panel);
        return;
      }
      const desk = new Desk(panel, language);
      desks.set(context, desk);
      desk.disposed.connect(() => desks.delete(context));
      new Bridge(desk, forms);
    };
    tracker.forEach(open);
    tracker.widgetAdded.connect((_tracker, panel) => {
      open(panel);
    });
  }
};
