import { LabIcon } from '@jupyterlab/ui-components';

const BUBBLE =
  'M4 3h16a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2h-8.2L6.5 22v-4H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2m0 2v11h4.5v2.3l2.7-2.3H20V5z';
const PROMPT = 'M7.9 6.8 12 10.5l-4.1 3.7-1.3-1.5 2.4-2.2-2.4-2.2zM12.5 12.5h5v2h-5z';

/** What is said, and what runs: a speech bubble with a prompt in it. */
export const interpreterIcon = new LabIcon({
  name: 'open-interpreter:interpreter',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">' +
    `<path class="jp-icon3 jp-icon-selectable" fill="#616161" fill-rule="evenodd" d="${BUBBLE}"/>` +
    `<path class="jp-icon3 jp-icon-selectable" fill="#616161" d="${PROMPT}"/></svg>`
});
