import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { widen } from '../breadth';
import { COMMANDS, IChats, ILiveClient, INotebooks, IPreferences } from '../contracts';
import { interpreterIcon } from '../icons';
import { LateWidget } from '../late';

const ID = 'open-interpreter-panel';

/** The side panel; its code is loaded when it is first shown. */
export const panel: JupyterFrontEndPlugin<void> = {
  id: 'open-interpreter-lab:panel',
  description: 'The side panel: a chat that works in the notebook.',
  autoStart: true,
  requires: [ILiveClient, INotebooks, IChats, IPreferences, IRenderMimeRegistry],
  optional: [ITranslator, ILayoutRestorer, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    client: ILiveClient,
    notebooks: INotebooks,
    chats: IChats,
    preferences: IPreferences,
    rendermime: IRenderMimeRegistry,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null
  ) => {
    const { commands, shell } = app;
    const trans = (translator ?? nullTranslator).load('open_interpreter_lab');
    const services = { client, notebooks, chats, preferences, rendermime, commands, trans };
    let isRestored = false;
    void app.restored.then(() => {
      isRestored = true;
    });
    const widget = new LateWidget(async () => {
      // A layout that comes back is as the person left it.
      if (isRestored) {
        widen(widget);
      }
      return (await import('../panel')).createPanel(services);
    }, trans);
    widget.id = ID;
    widget.title.icon = interpreterIcon;
    widget.title.caption = trans.__('Open Interpreter');
    widget.node.setAttribute('role', 'region');
    widget.node.setAttribute('aria-label', trans.__('Open Interpreter'));
    shell.add(widget, 'right', { rank: 150, type: 'Open Interpreter' });
    restorer?.add(widget, ID);
    commands.addCommand(COMMANDS.show, {
      label: trans.__('Show the Open Interpreter Panel'),
      caption: trans.__('Ask for something in plain words'),
      icon: interpreterIcon,
      describedBy: { args: { type: 'object', properties: {} } },
      execute: () => {
        shell.activateById(ID);
        // Notebook 7 shows a side panel without activating it.
        widget.activate();
      }
    });
    palette?.addItem({ command: COMMANDS.show, category: trans.__('Open Interpreter') });
  }
};
