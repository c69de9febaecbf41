import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { asking } from './plugins/asking';
import { badge } from './plugins/badge';
import { bridge } from './plugins/bridge';
import { chats } from './plugins/chats';
import { dialog } from './plugins/dialog';
import { fix } from './plugins/fix';
import { inline } from './plugins/inline';
import { live } from './plugins/live';
import { notebooks } from './plugins/notebooks';
import { panel } from './plugins/panel';
import { preferences } from './plugins/preferences';

/** The plugins of this extension. */
const plugins: JupyterFrontEndPlugin<unknown>[] = [
  asking,
  badge,
  bridge,
  chats,
  dialog,
  fix,
  inline,
  live,
  notebooks,
  panel,
  preferences
];

export default plugins;
