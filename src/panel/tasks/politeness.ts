import * as React from 'react';

/** Milliseconds in which a new question hears no click: one that was meant for what stood there before. */
const ARMING = 350;

/** Whether a person can have seen by now what a button is for; counted anew whenever `since` is another. */
export function useArmed(since: number): boolean {
  const [armed, setArmed] = React.useState(-1);
  React.useEffect(() => {
    const timer = window.setTimeout(setArmed, ARMING, since);
    return () => {
      window.clearTimeout(timer);
    };
  }, [since]);
  return armed === since;
}

/**
 * Take the focus when this comes, where that disturbs nobody: it was in the same panel, and nobody can be writing there.
 *
 * It goes to the whole, not to a button: no key that was meant for something else can press one.
 */
export function usePoliteFocus(host: React.RefObject<HTMLElement>): void {
  React.useEffect(() => {
    const held = document.activeElement;
    const panel = host.current?.closest('.lm-Widget');
    if (held && panel?.contains(held) && !isField(held)) {
      host.current?.focus({ preventScroll: true });
    }
  }, [host]);
}

/** Give the focus from a button that goes away now to the list around it, where the next question finds it. */
export function stepBack(): void {
  document.activeElement?.closest<HTMLElement>('.jp-OpenInterpreter-scroller')?.focus({ preventScroll: true });
}

/**
 * Keep the focus in a list when what had it goes away, as a button that was just pressed.
 *
 * That is only so for who works with the keyboard, who would else begin again at the top of the page.
 */
export function useKeptFocus(list: React.RefObject<HTMLElement>): void {
  const isInside = React.useRef(false);
  React.useEffect(() => {
    const onKey = (event: Event): void => {
      isInside.current = event.target instanceof Node && (list.current?.contains(event.target) ?? false);
    };
    const onPointer = (): void => {
      isInside.current = false;
    };
    document.addEventListener('keydown', onKey, true);
    document.addEventListener('keyup', onKey, true);
    document.addEventListener('pointerdown', onPointer, true);
    return () => {
      document.removeEventListener('keydown', onKey, true);
      document.removeEventListener('keyup', onKey, true);
      document.removeEventListener('pointerdown', onPointer, true);
    };
  }, [list]);
  React.useEffect(() => {
    if (isInside.current && document.activeElement === document.body) {
      list.current?.focus({ preventScroll: true });
    }
  });
}

/** A field that is empty yet may be written into the next moment. */
function isField(element: Element): boolean {
  return (
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLInputElement ||
    (element instanceof HTMLElement && element.isContentEditable)
  );
}
