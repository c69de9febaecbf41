import { notebookIcon, offlineBoltIcon, type LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { useWriting } from './compose/writing';
import { useServices } from './services';

/** What can be done in a state; `isMain` is what most people want. */
interface IStep {
  label: string;
  act: () => void;
  isMain?: boolean;
}

/** The whole middle of the panel where there is no conversation to show: what is so, and what to do. */
export function State(props: {
  icon?: LabIcon;
  title: string;
  text?: string;
  code?: string;
  steps?: readonly IStep[];
  isBusy?: boolean;
}): React.JSX.Element {
  const Icon = props.icon?.react;
  return (
    <div className="jp-OpenInterpreter-state" role="status">
      {Icon && (
        <Icon tag="span" className="jp-OpenInterpreter-stateIcon" width="40px" height="40px" aria-hidden="true" />
      )}
      {props.isBusy && <span className="jp-OpenInterpreter-spinner" aria-hidden="true" />}
      <h2>{props.title}</h2>
      {props.text && <p>{props.text}</p>}
      {props.code && <code dir="ltr">{props.code}</code>}
      {props.steps && (
        <div className="jp-OpenInterpreter-steps">
          {props.steps.map(step => (
            <button
              key={step.label}
              type="button"
              className={`jp-mod-styled ${step.isMain ? 'jp-mod-accept' : 'jp-mod-reject'}`}
              onClick={step.act}
            >
              {step.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** No notebook is open. */
export function NoNotebook(): React.JSX.Element {
  const { trans, commands } = useServices();
  const { composing } = useWriting();
  const execute = (command: string): void => {
    commands.execute(command).catch((reason: unknown) => {
      composing.tell(trans.__('That did not work: %1', String(reason)));
    });
  };
  return (
    <State
      icon={notebookIcon}
      title={trans.__('No notebook is open')}
      text={trans.__('A chat is about a notebook: it reads its cells and variables, and writes cells into it.')}
      steps={[
        {
          label: trans.__('New notebook'),
          act: () => {
            execute('notebook:create-new');
          },
          isMain: true
        },
        {
          label: trans.__('Show files'),
          act: () => {
            execute('filebrowser:activate');
          }
        }
      ]}
    />
  );
}

/** The server says no. */
export function Refused(): React.JSX.Element {
  const { trans, client } = useServices();
  return (
    <State
      icon={offlineBoltIcon}
      title={trans.__('The server does not answer here')}
      text={trans.__(
        'Either you are no longer logged in (load the page again), or Open Interpreter’s part of the server is not on. Turn it on with this line, then restart JupyterLab:'
      )}
      code="jupyter server extension enable open_interpreter_lab"
      steps={[
        {
          label: trans.__('Try again'),
          act: () => {
            client.retry();
          },
          isMain: true
        },
        {
          label: trans.__('Load the page again'),
          act: () => {
            window.location.reload();
          }
        }
      ]}
    />
  );
}

/** The server could not tell the chat; why stands in the line below. */
export function NotLoaded({ chat }: { chat: string }): React.JSX.Element {
  const { trans, chats } = useServices();
  return (
    <State
      title={trans.__('The chat could not be loaded')}
      steps={[
        {
          label: trans.__('Try again'),
          act: () => {
            chats.show(chat);
          },
          isMain: true
        },
        {
          label: trans.__('New chat'),
          act: () => {
            chats.startNew();
          }
        }
      ]}
    />
  );
}

/** Something is on its way. */
export function Loading({ title }: { title: string }): React.JSX.Element {
  return <State title={title} isBusy />;
}
