import { LabIcon } from '@jupyterlab/ui-components';

/** An arrow: send what is written. */
export const sendIcon = new LabIcon({
  name: 'open-interpreter:send',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><path class="jp-icon3" fill="#616161" d="M12 3.5 4.5 11l1.6 1.6 4.8-4.8v12.7h2.2V7.8l4.8 4.8 1.6-1.6z"/></svg>'
});

/** The sign that begins a name. */
export const atIcon = new LabIcon({
  name: 'open-interpreter:at',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><path class="jp-icon3" fill="#616161" d="M12 2a10 10 0 1 0 5 18.7l-1-1.7a8 8 0 1 1 4-7v1.4a1.3 1.3 0 0 1-2.6 0V12a5.4 5.4 0 1 0-1.6 3.8A3.3 3.3 0 0 0 22 13.4V12A10 10 0 0 0 12 2m0 13.4a3.4 3.4 0 1 1 0-6.8 3.4 3.4 0 0 1 0 6.8"/></svg>'
});

/** The sign that begins a command. */
export const slashIcon = new LabIcon({
  name: 'open-interpreter:slash',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><path class="jp-icon3" fill="#616161" d="M4 3h16a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1m1 2v14h14V5zm9.2 2h2L9.8 17h-2z"/></svg>'
});

/** A picture, in the colour of the icons beside it. */
export const pictureIcon = new LabIcon({
  name: 'open-interpreter:picture',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><path class="jp-icon3" fill="#616161" d="M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2m0 2v14h14V5zm1.5 12 3.4-4.6 2.4 3 3.2-4.3L18 17zM8.7 7.2a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2"/></svg>'
});
