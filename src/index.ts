import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { badge } from './plugins/badge';
import { bridge } from './plugins/bridge';

/** The plugins of this extension. */
const plugins: JupyterFrontEndPlugin<unknown>[] = [badge, bridge];

export default plugins;
