import {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';

/**
 * What JupyterLab and Notebook load: a list of plugins, and nothing else.
 */
const plugins: JupyterFrontEndPlugin<void>[] = [
  {
    id: 'sparkglass:plugin',
    description: 'Shows Spark at work under the cell that caused it.',
    autoStart: true,
    activate: (app: JupyterFrontEnd) => undefined
  }
];

export default plugins;
