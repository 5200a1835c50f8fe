import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { commandsPlugin } from './lab/commands-plugin';
import { detailsPlugin } from './lab/details-plugin';
import { labsPlugin } from './lab/labs-plugin';
import { logPlugin } from './lab/log-plugin';
import { notebooksPlugin } from './lab/notebooks-plugin';
import { panelPlugin } from './lab/panel-plugin';
import { sparkUiPlugin } from './lab/spark-ui-plugin';
import { statusPlugin } from './lab/status-plugin';

/** What JupyterLab and Notebook load: a list of plugins, and nothing else. */
const plugins: (JupyterFrontEndPlugin<void> | typeof notebooksPlugin)[] = [
  notebooksPlugin,
  panelPlugin,
  statusPlugin,
  commandsPlugin,
  detailsPlugin,
  logPlugin,
  sparkUiPlugin,
  labsPlugin
];

export default plugins;
