import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator, type TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { COMMANDS, IChats, INotebooks, IPreferences } from '../contracts';
import { Asking, readAsking } from '../session';
import type { Command } from '../words';

/** What can be asked about a cell from the palette. */
const OFFERED: readonly Command[] = ['explain', 'fix', 'document', 'optimise', 'test'];

/** Commands that ask about a cell and steer the chat that is shown. */
export const asking: JupyterFrontEndPlugin<void> = {
  id: 'open-interpreter-lab:asking',
  description: 'Commands that ask about a cell and steer the chat that is shown.',
  autoStart: true,
  requires: [IChats, INotebooks, IPreferences],
  optional: [ITranslator, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    chats: IChats,
    notebooks: INotebooks,
    preferences: IPreferences,
    translator: ITranslator | null,
    palette: ICommandPalette | null
  ) => {
    const trans = (translator ?? nullTranslator).load('open_interpreter_lab');
    const category = trans.__('Open Interpreter');
    const asking = new Asking(chats, notebooks, preferences);
    addAsk(app, asking, trans);
    addSteering(app, asking, chats, trans);
    for (const command of OFFERED) {
      palette?.addItem({ command: COMMANDS.ask, args: { command }, category });
    }
    for (const command of [COMMANDS.newChat, COMMANDS.stop, COMMANDS.undo]) {
      palette?.addItem({ command, category });
    }
  }
};

function addAsk({ commands }: JupyterFrontEnd, asking: Asking, trans: TranslationBundle): void {
  const labels: Record<Command, string> = {
    '': trans.__('Ask About This Cell'),
    fix: trans.__('Fix This Cell'),
    explain: trans.__('Explain This Cell'),
    document: trans.__('Document This Cell'),
    test: trans.__('Test This Cell'),
    optimise: trans.__('Optimise This Cell'),
    plan: trans.__('Plan')
  };
  const troubles = {
    running: trans.__('A task is running in this chat. Stop it first, or wait until it is over.'),
    cell: trans.__('Click on a code cell that is not empty first.'),
    notebook: trans.__('Open a notebook first.')
  };
  commands.addCommand(COMMANDS.ask, {
    label: args => labels[readAsking(args).command],
    describedBy: {
      args: {
        type: 'object',
        properties: {
          command: { type: 'string', enum: Object.keys(labels) },
          cell: { type: 'string', description: 'The id of the cell; the active one without it.' },
          text: { type: 'string', description: 'Words that go with it.' },
          path: { type: 'string', description: 'The path of the notebook; the one in front without it.' }
        }
      }
    },
    isEnabled: () => notebookIsOpen(asking),
    execute: async (args: ReadonlyPartialJSONObject) => {
      const wanted = readAsking(args);
      const hasWords = wanted.command !== '' || wanted.text !== '';
      await asking.turnTo(wanted.path);
      const trouble = hasWords ? asking.ask(wanted) : null;
      if (trouble) {
        Notification.warning(troubles[trouble], { autoClose: 5000 });
      }
      await commands.execute(COMMANDS.show);
    }
  });
}

function notebookIsOpen(asking: Asking): boolean {
  return asking.path !== '';
}

function addSteering({ commands }: JupyterFrontEnd, asking: Asking, chats: IChats, trans: TranslationBundle): void {
  const describedBy = { args: { type: 'object', properties: {} } };
  commands.addCommand(COMMANDS.newChat, {
    label: trans.__('New Chat'),
    describedBy,
    isEnabled: () => notebookIsOpen(asking),
    execute: () => {
      chats.startNew();
      return commands.execute(COMMANDS.show);
    }
  });
  commands.addCommand(COMMANDS.stop, {
    label: trans.__('Stop the Task'),
    describedBy,
    isEnabled: () => chats.shown?.isRunning ?? false,
    execute: () => {
      chats.shown?.stop();
    }
  });
  commands.addCommand(COMMANDS.undo, {
    label: trans.__('Take Back the Last Task'),
    describedBy,
    isEnabled: () => asking.undoable !== undefined,
    execute: () => {
      asking.undo();
    }
  });
}
