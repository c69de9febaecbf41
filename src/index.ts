import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { bridge } from './plugins/bridge';

/** The plugins of this extension. */
const plugins: JupyterFrontEndPlugin<unknown>[] = [bridge];

export default plugins;
