import * as React from 'react';

import { told } from '../../told';
import { useChanges, useServices } from '../services';
import { accept, typingAt } from './completion';
import { optionsFor, type IOption } from './options';
import { useWriting } from './writing';

/** What is offered at the cursor, and what can be done with it. */
export interface IOffer {
  isOpen: boolean;
  options: IOption[];
  active: number;
  label: string;
  line: string;
  follow: (field: HTMLTextAreaElement) => void;
  point: (index: number) => void;
  pick: (option: IOption) => void;
  close: () => void;
}

/** What is offered at the cursor; closed by Escape until the next word. */
export function useOffer(node: React.RefObject<HTMLTextAreaElement>, text: string): IOffer {
  const { trans, client } = useServices();
  const { composing } = useWriting();
  useChanges(composing.names.changed);
  const [cursor, setCursor] = React.useState(-1);
  const [active, setActive] = React.useState(0);
  const typing = cursor < 0 ? null : typingAt(text, cursor);
  const names = composing.names.of(composing.path);
  const options = optionsFor(typing, names, trans);
  const isWhole =
    options.length === 1 && typing !== null && options[0]?.insert === text.slice(typing.start, typing.end);
  const isLooking = typing?.kind === 'name' && composing.names.isLooking(composing.path);
  const missing =
    client.connection === 'open'
      ? told(trans, composing.names.trouble)
      : trans.__('Without the server no names can be looked up.');
  const line = isLooking ? trans.__('Looking…') : missing;
  const isOpen = typing !== null && !isWhole && (options.length > 0 || (typing.kind === 'name' && line !== ''));
  return {
    isOpen,
    options: isOpen ? options : [],
    active: Math.min(active, Math.max(0, options.length - 1)),
    label: typing?.kind === 'slash' ? trans.__('Commands') : trans.__('Names'),
    line,
    follow: field => {
      const at = field.selectionStart === field.selectionEnd ? field.selectionStart : -1;
      if (at !== cursor) {
        setCursor(at);
        setActive(0);
      }
      if (at >= 0 && typingAt(field.value, at)?.kind === 'name') {
        composing.names.look(composing.path);
      }
    },
    point: setActive,
    pick: option => {
      if (typing && node.current) {
        const next = accept(text, typing, option.insert);
        composing.change({ text: next.text });
        place(node.current, next.cursor);
        setCursor(-1);
      }
    },
    close: () => {
      setCursor(-1);
    }
  };
}

/** Put the cursor there once React has set the text; null is its end, and moves nothing while somebody writes. */
export function place(field: HTMLTextAreaElement, cursor: number | null): void {
  requestAnimationFrame(() => {
    if (cursor === null && document.activeElement === field) {
      return;
    }
    const at = cursor ?? field.value.length;
    field.focus();
    field.setSelectionRange(at, at);
  });
}
