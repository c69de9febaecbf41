import { addIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { useChanges, useServices } from '../services';
import { ChatRow } from './chatrow';

/** The chats about this notebook, the latest first; `close` gives the focus back. */
export function ChatList({ id, close }: { id: string; close: () => void }): React.JSX.Element {
  const { trans, chats } = useServices();
  useChanges(chats.changed);
  const node = React.useRef<HTMLDivElement>(null);
  useLeaving(node, close);
  const count = chats.list.length;
  React.useEffect(() => {
    // A chat that is deleted takes the focus with it.
    if (document.activeElement === document.body) {
      node.current?.querySelector<HTMLElement>('[data-row]')?.focus();
    }
  }, [count]);
  return (
    <div
      ref={node}
      id={id}
      className="jp-OpenInterpreter-chatList"
      role="dialog"
      aria-label={trans.__('Chats about this notebook')}
      onKeyDown={event => {
        moveFocus(node.current, event);
      }}
    >
      <button
        type="button"
        className="jp-OpenInterpreter-chatNew"
        data-row=""
        onClick={() => {
          chats.startNew();
          close();
        }}
      >
        <addIcon.react tag="span" width="16px" height="16px" />
        {trans.__('New chat')}
      </button>
      <ul>
        {chats.list.map(listed => (
          <ChatRow key={listed.chat.id} listed={listed} close={close} />
        ))}
      </ul>
      {chats.list.length === 0 && (
        <p className="jp-OpenInterpreter-aside">{trans.__('No chat about this notebook yet.')}</p>
      )}
    </div>
  );
}

/** A press elsewhere, or the focus elsewhere, closes the list. */
function useLeaving(node: React.RefObject<HTMLElement>, close: () => void): void {
  const latest = React.useRef(close);
  latest.current = close;
  React.useEffect(() => {
    const rows = node.current?.querySelector<HTMLElement>('[aria-current="true"]');
    (rows ?? node.current?.querySelector<HTMLElement>('[data-row]'))?.focus();
    const onPointer = (event: PointerEvent): void => {
      const target = event.target instanceof Element ? event.target : null;
      if (!node.current?.contains(target) && !target?.closest('.jp-OpenInterpreter-chatButton')) {
        latest.current();
      }
    };
    document.addEventListener('pointerdown', onPointer, true);
    return () => {
      document.removeEventListener('pointerdown', onPointer, true);
    };
  }, [node]);
}

/** Arrow keys go from chat to chat. */
function moveFocus(list: HTMLElement | null, event: React.KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (!list || step === 0 || event.target instanceof HTMLInputElement) {
    return;
  }
  const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')];
  const row = document.activeElement?.closest('li')?.querySelector<HTMLElement>('[data-row]') ?? document.activeElement;
  const at = rows.findIndex(each => each === row);
  rows[(at + step + rows.length) % rows.length]?.focus();
  event.preventDefault();
}
