import { closeIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { COMMANDS } from '../contracts';
import { told } from '../told';
import { useWriting } from './compose/writing';
import { IconButton } from './controls/iconbutton';
import { useChanges, useServices } from './services';

const DISMISSED = 'open-interpreter-lab:builtin-told';

/** One line about the panel as a whole, with its next step. */
interface INotice {
  key: string;
  tone: 'error' | 'warn' | 'hint';
  text: string;
  step?: { label: string; act: () => void };
  dismiss?: () => void;
}

/** What stands in the way, or is worth knowing, above the field; the gravest first. */
export function Notices(): React.JSX.Element {
  const { trans } = useServices();
  const notices = [...useConnection(), ...useModel(), ...useNotebook()];
  return (
    <div className="jp-OpenInterpreter-notices" role="status" aria-live="polite">
      {notices.map(notice => (
        <div key={notice.key} className={`jp-OpenInterpreter-line jp-mod-${notice.tone}`}>
          <span dir="auto">
            {notice.text}
            {notice.step && (
              <>
                {' '}
                <button type="button" className="jp-OpenInterpreter-link" onClick={notice.step.act}>
                  {notice.step.label}
                </button>
              </>
            )}
          </span>
          {notice.dismiss && <IconButton icon={closeIcon} label={trans.__('Dismiss')} act={notice.dismiss} />}
        </div>
      ))}
    </div>
  );
}

function useConnection(): INotice[] {
  const { trans, client, chats } = useServices();
  useChanges(client.changed);
  useChanges(chats.changed);
  const notices: INotice[] = [];
  if (client.connection === 'connecting' && !client.welcome) {
    notices.push({ key: 'connecting', tone: 'hint', text: trans.__('Connecting to the server…') });
  } else if (client.connection === 'lost' || client.connection === 'connecting') {
    notices.push({
      key: 'lost',
      tone: 'warn',
      text: client.welcome
        ? chats.shown?.isRunning
          ? trans.__('Connection lost. A running task goes on in the server. Trying again…')
          : trans.__('Connection lost. Trying again…')
        : trans.__('The server does not answer. What you send waits here. Trying again…'),
      step: {
        label: trans.__('Retry now'),
        act: () => {
          client.retry();
        }
      }
    });
  }
  if (chats.trouble) {
    notices.push({
      key: 'trouble',
      tone: 'error',
      text: told(trans, chats.trouble),
      dismiss: () => {
        chats.dismissTrouble();
      }
    });
  }
  return notices;
}

function useModel(): INotice[] {
  const { trans, client } = useServices();
  const { composing } = useWriting();
  const [isTold, tell] = React.useState(() => wasTold());
  const choose = useCommand(COMMANDS.chooseModel);
  const { welcome } = client;
  const notices: INotice[] = [];
  if (welcome?.trouble) {
    const step = { label: trans.__('Choose model…'), act: choose };
    notices.push({ key: 'model', tone: 'error', text: told(trans, welcome.trouble), step });
  } else if (welcome && !welcome.set_up && !isTold) {
    notices.push({
      key: 'builtin',
      tone: 'hint',
      text: trans.__('A small built-in model answers offline.'),
      step: { label: trans.__('Set up a model…'), act: choose },
      dismiss: () => {
        remember();
        tell(true);
      }
    });
  }
  if (welcome && !welcome.vision && composing.draft.images.length > 0) {
    notices.push({
      key: 'vision',
      tone: 'warn',
      text: trans.__('The model that is set does not see pictures.'),
      step: { label: trans.__('Choose another one…'), act: choose }
    });
  }
  return notices;
}

function useNotebook(): INotice[] {
  const { trans, chats, notebooks } = useServices();
  useChanges(notebooks.changed);
  const choose = useCommand('notebook:change-kernel');
  const save = useCommand('docmanager:save-as');
  const holding = notebooks.holdings().find(each => each.path === chats.path);
  if (holding?.readonly) {
    return [
      {
        key: 'readonly',
        tone: 'warn',
        text: trans.__('This notebook cannot be written: no cells can be added to it.'),
        step: { label: trans.__('Save a copy…'), act: save }
      }
    ];
  }
  if (holding?.kernel === '') {
    return [
      {
        key: 'kernel',
        tone: 'warn',
        text: trans.__('No kernel runs for this notebook: cells can be written, but not run.'),
        step: { label: trans.__('Choose a kernel…'), act: choose }
      }
    ];
  }
  return [];
}

/** Do a command of JupyterLab; what goes wrong with it is told. */
function useCommand(command: string): () => void {
  const { commands, trans } = useServices();
  const { composing } = useWriting();
  return () => {
    commands.execute(command).catch((reason: unknown) => {
      composing.tell(trans.__('That did not work: %1', String(reason)));
    });
  };
}

function wasTold(): boolean {
  try {
    return window.localStorage.getItem(DISMISSED) !== null;
  } catch {
    return false;
  }
}

function remember(): void {
  try {
    window.localStorage.setItem(DISMISSED, '1');
  } catch {
    // It is told again after a reload.
    return;
  }
}
