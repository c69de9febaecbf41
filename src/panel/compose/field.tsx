import * as React from 'react';

import { attachPasted, attachPictures } from './attaching';
import { useKeys } from './keys';
import { place, useOffer } from './offer';
import { optionId, Suggestions } from './suggestions';
import { useWriting } from './writing';

const LIST = 'jp-OpenInterpreter-suggestions';

/** Where one writes: it grows with the text, offers names and commands, and takes long pastes and pictures aside. */
export function Field({ label, placeholder }: { label: string; placeholder: string }): React.JSX.Element {
  const { composing } = useWriting();
  const text = composing.draft.text;
  const node = React.useRef<HTMLTextAreaElement>(null);
  const offer = useOffer(node, text);
  const onKeyDown = useKeys(node, offer);
  useGrowth(node, text || placeholder);
  useFocus(node);
  return (
    <>
      {offer.isOpen && (
        <Suggestions
          id={LIST}
          label={offer.label}
          options={offer.options}
          active={offer.active}
          line={offer.line}
          onPick={offer.pick}
          onPoint={offer.point}
        />
      )}
      <textarea
        ref={node}
        className="jp-OpenInterpreter-field"
        aria-label={label}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={offer.options.length > 0 ? LIST : undefined}
        aria-activedescendant={offer.options.length > 0 ? optionId(LIST, offer.active) : undefined}
        placeholder={placeholder}
        dir="auto"
        rows={1}
        spellCheck
        value={text}
        onChange={event => {
          composing.change({ text: event.target.value });
          offer.follow(event.target);
        }}
        onSelect={event => {
          offer.follow(event.currentTarget);
        }}
        onBlur={offer.close}
        onKeyDown={onKeyDown}
        onPaste={event => {
          const files = [...event.clipboardData.files].filter(file => file.type.startsWith('image/'));
          const pasted = event.clipboardData.getData('text/plain');
          if (files.length > 0 && pasted === '') {
            event.preventDefault();
            void attachPictures(composing, files);
          } else if (attachPasted(composing, pasted)) {
            event.preventDefault();
          }
        }}
      />
    </>
  );
}

/** The field is as high as its text, or as what stands in its place; the style sheet says how high at most. */
function useGrowth(node: React.RefObject<HTMLTextAreaElement>, text: string): void {
  React.useLayoutEffect(() => {
    const field = node.current;
    if (!field) {
      return;
    }
    const grow = (): void => {
      field.style.height = 'auto';
      field.style.height = `${field.scrollHeight}px`;
    };
    grow();
    let width = field.clientWidth;
    const observer = new ResizeObserver(() => {
      if (field.clientWidth !== width) {
        width = field.clientWidth;
        grow();
      }
    });
    observer.observe(field);
    return () => {
      observer.disconnect();
    };
  }, [node, text]);
}

function useFocus(node: React.RefObject<HTMLTextAreaElement>): void {
  const { composing } = useWriting();
  React.useEffect(() => {
    const focus = (_: unknown, cursor: number | null): void => {
      if (node.current) {
        place(node.current, cursor);
      }
    };
    composing.focusWanted.connect(focus);
    return () => {
      composing.focusWanted.disconnect(focus);
    };
  }, [composing, node]);
}
