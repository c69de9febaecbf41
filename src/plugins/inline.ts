import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { COMMANDS, ILiveClient, INotebooks } from '../contracts';
import type { Prompts } from '../inline';

/** The prompt above a cell; its code is loaded when it is first wanted. */
export const inline: JupyterFrontEndPlugin<void> = {
  id: 'open-interpreter-lab:inline',
  description: 'A prompt above a cell that writes or changes that cell.',
  autoStart: true,
  requires: [ILiveClient, INotebooks],
  optional: [ITranslator, ICommandPalette],
  activate: (
    { commands }: JupyterFrontEnd,
    client: ILiveClient,
    notebooks: INotebooks,
    translator: ITranslator | null,
    palette: ICommandPalette | null
  ) => {
    const trans = (translator ?? nullTranslator).load('open_interpreter_lab');
    let loading: Promise<Prompts> | null = null;
    const load = (): Promise<Prompts> => {
      loading ??= import('../inline').then(room => new room.Prompts(client, notebooks, trans));
      loading.catch(() => {
        loading = null;
      });
      return loading;
    };
    const above = async (show: (prompts: Prompts, path: string, cell: string) => Promise<boolean>): Promise<void> => {
      const path = notebooks.front;
      const cell = notebooks.active(path)?.id ?? '';
      const prompts = await load();
      if (!(await show(prompts, path, cell))) {
        Notification.warning(trans.__('Click on a code cell of a notebook that can be written first.'), {
          autoClose: 5000
        });
      }
    };
    const shared = {
      describedBy: { args: { type: 'object', properties: {} } },
      isEnabled: () => notebooks.front !== ''
    };
    commands.addCommand(COMMANDS.edit, {
      ...shared,
      label: trans.__('Edit Cell with Words…'),
      caption: trans.__('Say what the active cell is to do, and look at it before it is taken'),
      execute: () => above((prompts, path, cell) => prompts.edit(path, cell))
    });
    commands.addCommand(COMMANDS.generate, {
      ...shared,
      label: trans.__('Generate Cell Below…'),
      caption: trans.__('Say what a new cell below the active one is to do'),
      execute: () => above((prompts, path, cell) => prompts.generate(path, cell))
    });
    for (const command of [COMMANDS.edit, COMMANDS.generate]) {
      palette?.addItem({ command, category: trans.__('Open Interpreter') });
    }
  }
};
