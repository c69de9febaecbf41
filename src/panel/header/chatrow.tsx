import { deleteIcon, editIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { IListed } from '../../words';
import { IconButton } from '../controls/iconbutton';
import { useServices } from '../services';
import { NameField } from './namefield';

/** One chat: show it, name it anew in its place, delete it after a second word. */
export function ChatRow({ listed, close }: { listed: IListed; close: () => void }): React.JSX.Element {
  const { trans, chats } = useServices();
  const [state, setState] = React.useState<'' | 'naming' | 'deleting'>('');
  const row = useFocusBack(state);
  const back = (): void => {
    setState('');
  };
  if (state === 'naming') {
    const done = (name: string | null): void => {
      if (name !== null) {
        chats.rename(listed.chat.id, name);
      }
      back();
    };
    return (
      <li className="jp-OpenInterpreter-chatRow">
        <NameField name={listed.chat.name} done={done} />
      </li>
    );
  }
  const name = listed.chat.name || trans.__('New chat');
  if (state === 'deleting') {
    const decide = (isSure: boolean): void => {
      if (isSure) {
        chats.remove(listed.chat.id);
      }
      back();
    };
    return (
      <li className="jp-OpenInterpreter-chatRow jp-mod-deleting">
        <span role="alert" dir="auto">
          {trans.__('Delete “%1”? The cells stay in the notebook.', name)}
        </span>
        <Deciding decide={decide} />
      </li>
    );
  }
  return <Shown row={row} listed={listed} name={name} close={close} change={setState} />;
}

/** What has the focus while a chat is named or deleted goes with that: the chat itself has it then. */
function useFocusBack(state: string): React.RefObject<HTMLButtonElement> {
  const row = React.useRef<HTMLButtonElement>(null);
  const before = React.useRef(state);
  React.useEffect(() => {
    if (before.current !== '' && state === '') {
      row.current?.focus();
    }
    before.current = state;
  }, [state]);
  return row;
}

function Shown(props: {
  row: React.RefObject<HTMLButtonElement>;
  listed: IListed;
  name: string;
  close: () => void;
  change: (state: 'naming' | 'deleting') => void;
}): React.JSX.Element {
  const { trans, chats } = useServices();
  const { listed, name, close, change } = props;
  const isShown = chats.shown?.id === listed.chat.id;
  return (
    <li className={`jp-OpenInterpreter-chatRow${isShown ? ' jp-mod-current' : ''}`}>
      <button
        ref={props.row}
        type="button"
        data-row=""
        className="jp-OpenInterpreter-chatPick"
        aria-current={isShown}
        title={name}
        onClick={() => {
          chats.show(listed.chat.id);
          close();
        }}
      >
        <Mark listed={listed} />
        <bdi className="jp-OpenInterpreter-chatName">{name}</bdi>
        <span className="jp-OpenInterpreter-chatTime">{ago(listed.chat.updated, Date.now() / 1000)}</span>
      </button>
      <IconButton
        icon={editIcon}
        label={trans.__('Rename %1', name)}
        act={() => {
          change('naming');
        }}
      />
      <IconButton
        icon={deleteIcon}
        label={trans.__('Delete %1', name)}
        act={() => {
          change('deleting');
        }}
      />
    </li>
  );
}

function Deciding({ decide }: { decide: (isSure: boolean) => void }): React.JSX.Element {
  const { trans } = useServices();
  const keep = React.useRef<HTMLButtonElement>(null);
  React.useEffect(() => {
    keep.current?.focus();
  }, []);
  return (
    <span className="jp-OpenInterpreter-deciding">
      <button
        type="button"
        className="jp-mod-styled jp-mod-warn"
        onClick={() => {
          decide(true);
        }}
      >
        {trans.__('Delete')}
      </button>
      <button
        type="button"
        className="jp-mod-styled jp-mod-reject"
        ref={keep}
        onClick={() => {
          decide(false);
        }}
      >
        {trans.__('Keep')}
      </button>
    </span>
  );
}

/** Whether a task runs in a chat or waits for an answer; empty where neither. */
export function Mark({ listed }: { listed: Pick<IListed, 'running' | 'waiting'> | undefined }): React.JSX.Element {
  const { trans } = useServices();
  const state = listed?.waiting ? 'waiting' : listed?.running ? 'running' : '';
  const label = state === 'waiting' ? trans.__('waits for your answer') : trans.__('running');
  return state === '' ? (
    <span className="jp-OpenInterpreter-mark" aria-hidden="true" />
  ) : (
    <span className={`jp-OpenInterpreter-mark jp-mod-${state}`} role="img" aria-label={label} title={label} />
  );
}

/** How long ago, in a few letters of the person's own language. */
function ago(then: number, now: number): string {
  const seconds = Math.max(0, now - then);
  const units: [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86400],
    ['hour', 3600],
    ['minute', 60]
  ];
  // What is not a minute old is "now".
  const [unit, length] = units.find(([, each]) => seconds >= each) ?? ['second', 60];
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang || undefined, {
    style: 'narrow',
    numeric: 'auto'
  });
  return format.format(-Math.floor(seconds / length), unit);
}
