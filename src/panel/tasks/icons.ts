import { LabIcon } from '@jupyterlab/ui-components';

import type { IAttempt } from '../../contracts';

const drawing = (name: string, inside: string): LabIcon =>
  new LabIcon({
    name: `open-interpreter:state-${name}`,
    svgstr:
      '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16" fill="none" ' +
      `stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${inside}</svg>`
  });

const ring = '<circle cx="8" cy="8" r="6.2"/>';

/** A sign for what became of a cell; its colour comes from the style sheet, its form tells it without colours. */
export const STATE_ICONS: Readonly<Record<IAttempt['state'], LabIcon>> = {
  drafting: drawing('drafting', '<path d="M3 13l.6-2.8 7-7 2.2 2.2-7 7z"/><path d="M9.4 4.4l2.2 2.2"/>'),
  waiting: drawing('waiting', `${ring}<path d="M8 4.6V8l2.2 1.6"/>`),
  running: drawing('running', '<path d="M8 1.8a6.2 6.2 0 1 1-6.2 6.2"/>'),
  ok: drawing('ok', `${ring}<path d="M5.2 8.2l2 2 3.6-4.2"/>`),
  error: drawing('error', `${ring}<path d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4"/>`),
  refused: drawing('refused', `${ring}<path d="M3.7 3.7l8.6 8.6"/>`),
  inserted: drawing('inserted', `<path d="M8 5v6M5 8h6"/><rect x="2" y="2" width="12" height="12" rx="2"/>`),
  aborted: drawing('aborted', `${ring}<rect x="6" y="6" width="4" height="4" fill="currentColor"/>`),
  dropped: drawing('dropped', `${ring}<path d="M5.2 8h5.6"/>`)
};
