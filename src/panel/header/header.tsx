import { addIcon, caretDownIcon, ellipsesIcon, notebookIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { COMMANDS, lastUndoable } from '../../contracts';
import { useWriting } from '../compose/writing';
import { IconButton } from '../controls/iconbutton';
import { openMenu } from '../controls/menu';
import { useChanges, useServices } from '../services';
import { ChatList } from './chatlist';
import { Mark } from './chatrow';
import { NameField } from './namefield';

const LIST = 'jp-OpenInterpreter-chats';

/** Which chat is shown, about which notebook, and what can be done with it. */
export function Header(): React.JSX.Element {
  const { trans, chats } = useServices();
  useChanges(chats.changed);
  const [isNaming, setNaming] = React.useState(false);
  const [focuses, setFocuses] = React.useState(false);
  const chat = chats.shown;
  return (
    <div className="jp-OpenInterpreter-header">
      <div className="jp-OpenInterpreter-headerRow">
        {isNaming && chat ? (
          <NameField
            name={chat.info.name}
            done={name => {
              if (name !== null) {
                chats.rename(chat.id, name);
              }
              setNaming(false);
              setFocuses(true);
            }}
          />
        ) : (
          <ChatButton focuses={focuses} />
        )}
        <IconButton
          icon={addIcon}
          label={trans.__('New chat')}
          isDisabled={chats.path === ''}
          act={() => {
            chats.startNew();
          }}
        />
        <MoreButton
          rename={() => {
            setNaming(true);
          }}
        />
      </div>
      <Place />
    </div>
  );
}

/** The shown chat's name, which opens the list of the others. */
function ChatButton({ focuses }: { focuses: boolean }): React.JSX.Element {
  const { trans, chats } = useServices();
  const [isOpen, setOpen] = React.useState(false);
  const button = React.useRef<HTMLButtonElement>(null);
  const name = chats.shown?.info.name || trans.__('New chat');
  const others = chats.list.filter(each => each.chat.id !== chats.shown?.id && (each.running || each.waiting));
  React.useEffect(() => {
    // It stands again where the field for the name had the focus.
    if (focuses && document.activeElement === document.body) {
      button.current?.focus();
    }
  }, [focuses]);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div
      className="jp-OpenInterpreter-chatHolder"
      onKeyDown={event => {
        if (event.key === 'Escape' && isOpen) {
          event.stopPropagation();
          close();
        }
      }}
      onBlur={event => {
        // The focus has gone on by itself, as with Tab: it stays where it is.
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) {
          setOpen(false);
        }
      }}
    >
      <button
        ref={button}
        type="button"
        className="jp-OpenInterpreter-chatButton"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-controls={isOpen ? LIST : undefined}
        disabled={chats.path === ''}
        title={name}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        <bdi className="jp-OpenInterpreter-chatName">{name}</bdi>
        {others.length > 0 && <Mark listed={others.find(each => each.waiting) ?? others[0]} />}
        <caretDownIcon.react tag="span" width="16px" height="16px" />
      </button>
      {isOpen && <ChatList id={LIST} close={close} />}
    </div>
  );
}

/** Quietly, which notebook the chat is about; a press brings it to the front. */
function Place(): React.JSX.Element | null {
  const { trans, chats, notebooks } = useServices();
  useChanges(notebooks.changed);
  const { path } = chats;
  if (path === '') {
    return null;
  }
  return (
    <button
      type="button"
      className="jp-OpenInterpreter-place"
      title={trans.__('About %1', path)}
      onClick={() => {
        notebooks.open(path);
      }}
    >
      <notebookIcon.react tag="span" width="12px" height="12px" />
      <bdi>{path.split('/').at(-1)}</bdi>
    </button>
  );
}

/** Everything else. */
function MoreButton({ rename }: { rename: () => void }): React.JSX.Element {
  const { trans, chats, commands } = useServices();
  const { composing, speaking } = useWriting();
  const execute = (command: string, args?: Record<string, string>): void => {
    commands.execute(command, args).catch((reason: unknown) => {
      composing.tell(trans.__('That did not work: %1', String(reason)));
    });
  };
  const open = (button: HTMLElement): void => {
    const chat = chats.shown;
    openMenu(button, [
      { label: trans.__('Stop the Task'), isEnabled: chat?.isRunning ?? false, act: () => chat?.stop() },
      {
        label: trans.__('Take Back the Last Task'),
        isEnabled: !chat?.isRunning && lastUndoable(chat) !== undefined,
        act: () => {
          composing.tell(speaking.undoLast() || null);
        }
      },
      {
        label: trans.__('Rename Chat…'),
        isEnabled: chat !== null,
        act: () => {
          requestAnimationFrame(rename);
        }
      },
      null,
      {
        label: trans.__('Choose Model…'),
        act: () => {
          execute(COMMANDS.chooseModel);
        }
      },
      {
        label: trans.__('Settings…'),
        act: () => {
          execute('settingeditor:open', { query: 'Open Interpreter' });
        }
      },
      {
        label: trans.__('Show What Would Be Sent'),
        act: () => {
          composing.show('payload');
        }
      },
      {
        label: trans.__('Help'),
        act: () => {
          composing.show('help');
        }
      }
    ]);
  };
  return <IconButton icon={ellipsesIcon} label={trans.__('More')} isMenu act={open} />;
}
