import * as React from 'react';

import { useServices } from '../services';
import { place, type IOffer } from './offer';
import { recalled, spoken } from './recall';
import { useWriting } from './writing';

/** The keys: those of the offer first, then sending and recalling. Keys of an input method are its own. */
export function useKeys(
  node: React.RefObject<HTMLTextAreaElement>,
  offer: IOffer
): React.KeyboardEventHandler<HTMLTextAreaElement> {
  const { preferences, chats } = useServices();
  const { composing, speaking } = useWriting();
  const { options, active } = offer;
  return event => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) {
      return;
    }
    const option = options[active];
    const isPlain = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Escape' && offer.isOpen) {
      offer.close();
    } else if (event.key === 'Escape' && isPlain) {
      composing.leave();
    } else if (isPlain && option && step !== 0) {
      offer.point((active + step + options.length) % options.length);
    } else if (isPlain && option && (event.key === 'Tab' || event.key === 'Enter')) {
      offer.pick(option);
    } else if (event.key === 'Enter' && sends(event, preferences.sendWithEnter)) {
      speaking.send();
    } else if (isPlain && step !== 0 && isAtEdge(event.currentTarget, step)) {
      const words = recalled(spoken(chats.shown?.tasks ?? []), composing.draft.text, step);
      if (words === null) {
        return;
      }
      composing.change({ text: words });
      offer.close();
      if (node.current) {
        place(node.current, words.length);
      }
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
}

function sends(event: React.KeyboardEvent, withEnter: boolean): boolean {
  const hasControl = event.ctrlKey || event.metaKey;
  return hasControl || (withEnter && !event.shiftKey && !event.altKey);
}

/** Whether the cursor can go no further that way within the text. */
function isAtEdge(field: HTMLTextAreaElement, step: -1 | 1): boolean {
  const { value, selectionStart, selectionEnd } = field;
  const beyond = step < 0 ? value.slice(0, selectionStart) : value.slice(selectionEnd);
  return selectionStart === selectionEnd && !beyond.includes('\n');
}
