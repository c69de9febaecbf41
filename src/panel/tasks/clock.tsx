import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { useServices } from '../services';
import { useRedraw } from './frames';

/** Seconds in few words, exact where that says something. */
export function duration(trans: TranslationBundle, seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 10 && seconds !== whole) {
    return trans.__('%1 s', Math.max(seconds, 0.01).toFixed(seconds < 0.095 ? 2 : 1));
  }
  if (whole < 60) {
    return trans.__('%1 s', whole);
  }
  if (whole < 3600) {
    return trans.__('%1 min %2 s', Math.floor(whole / 60), whole % 60);
  }
  return trans.__('%1 h %2 min', Math.floor(whole / 3600), Math.floor((whole % 3600) / 60));
}

/**
 * The seconds since a moment (in seconds since 1970), counting on.
 *
 * Nothing is shown of the first `after` seconds. It is hidden from screen readers, which would tell every second.
 */
export function Ticking({ since, after = 0 }: { since: number; after?: number }): React.JSX.Element | null {
  const { trans } = useServices();
  const redraw = useRedraw();
  React.useEffect(() => {
    const timer = window.setInterval(redraw, 1000);
    return () => {
      window.clearInterval(timer);
    };
  }, [redraw]);
  const seconds = Math.floor(Math.max(0, Date.now() / 1000 - since));
  return seconds < after ? null : (
    <span className="jp-OpenInterpreter-ticking" aria-hidden="true">
      {duration(trans, seconds)}
    </span>
  );
}
