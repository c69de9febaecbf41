import * as React from 'react';

/** Pixels from the end that still count as the end. */
const CLOSE = 24;

/** A list that scrolls, and whether it is at its end. */
export interface IEnd {
  /** Whether the end is in sight, and stays so while the list grows. */
  readonly isAtEnd: boolean;
  /** Go there, and stay. */
  toEnd(): void;
}

/**
 * Keep the end of a list in sight while the person is there, and leave the person alone everywhere else.
 *
 * It begins at the end. Only the person's own scrolling away leaves it; what grows or shrinks does not.
 */
export function useEnd(scroller: React.RefObject<HTMLElement>, content: React.RefObject<HTMLElement>): IEnd {
  const [isAtEnd, setAtEnd] = React.useState(true);
  const sticks = React.useRef(true);
  const last = React.useRef({ top: 0, height: 0 });
  const toEnd = React.useCallback(() => {
    sticks.current = true;
    setAtEnd(true);
    jump(scroller.current);
  }, [scroller]);
  React.useLayoutEffect(() => {
    const node = scroller.current;
    if (!node || !content.current) {
      return;
    }
    jump(node);
    const onScroll = (): void => {
      const { scrollTop: top, scrollHeight: height, clientHeight } = node;
      const isThere = height - top - clientHeight <= CLOSE;
      // A list that grew under its end has not been scrolled; one that shrank has lost its place by itself.
      const wentUp = top < last.current.top - 1 && height >= last.current.height;
      last.current = { top, height };
      if (isThere || wentUp) {
        sticks.current = isThere;
        setAtEnd(isThere);
      }
    };
    const onSize = (): void => {
      if (sticks.current) {
        jump(node);
      }
    };
    const sizes = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(onSize);
    sizes?.observe(node);
    sizes?.observe(content.current);
    node.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      sizes?.disconnect();
      node.removeEventListener('scroll', onScroll);
    };
  }, [scroller, content]);
  return { isAtEnd, toEnd };
}

function jump(node: HTMLElement | null): void {
  if (node) {
    node.scrollTop = node.scrollHeight;
  }
}

/** Tells elements, each once, that they come near what is in sight of a scroller. */
export class Nearness {
  /** Watch nothing until the scroller is known. */
  constructor() {
    this.watch = this.watch.bind(this);
  }

  /** Look from this scroller on; gives what ends it. */
  open(root: HTMLElement): () => void {
    if (typeof IntersectionObserver === 'undefined') {
      return () => undefined;
    }
    const observer = new IntersectionObserver(
      entries => {
        for (const entry of entries.filter(each => each.isIntersecting)) {
          this._waiting.get(entry.target)?.();
        }
      },
      { root, rootMargin: '800px 0px' }
    );
    this._observer = observer;
    for (const element of this._waiting.keys()) {
      observer.observe(element);
    }
    return () => {
      observer.disconnect();
      this._observer = null;
    };
  }

  /** Hear when this element comes near; gives what ends that. */
  watch(element: Element, near: () => void): () => void {
    if (typeof IntersectionObserver === 'undefined') {
      near();
      return () => undefined;
    }
    this._waiting.set(element, near);
    this._observer?.observe(element);
    return () => {
      this._waiting.delete(element);
      this._observer?.unobserve(element);
    };
  }

  private readonly _waiting = new Map<Element, () => void>();
  private _observer: IntersectionObserver | null = null;
}
