import type { ISignal } from '@lumino/signaling';
import * as React from 'react';

/**
 * Call back at most once a frame after a signal was emitted, in that very frame.
 *
 * `concerns` says which emissions count. Nothing is called while nothing is painted, as in a tab that is not in sight.
 */
export function useFrames<Sender, Args>(
  signal: ISignal<Sender, Args>,
  show: () => void,
  concerns?: (args: Args) => boolean
): void {
  const latest = React.useRef({ show, concerns });
  latest.current = { show, concerns };
  React.useEffect(() => {
    let frame = 0;
    const onChange = (_: Sender, args: Args): void => {
      if (!frame && (latest.current.concerns?.(args) ?? true)) {
        frame = window.requestAnimationFrame(() => {
          frame = 0;
          latest.current.show();
        });
      }
    };
    signal.connect(onChange);
    return () => {
      signal.disconnect(onChange);
      window.cancelAnimationFrame(frame);
    };
  }, [signal]);
}

/** Show again with the frame after a change. */
export function useRedraw(): () => void {
  const [, redraw] = React.useReducer((count: number) => count + 1, 0);
  return redraw;
}
