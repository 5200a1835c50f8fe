import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ISparkglass } from './tokens';

/** Commands for the palette and the menu: they are there once a notebook is, for each of them needs one. */
export const commandsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'sparkglass:commands',
  description: 'Commands of strips and panel.',
  autoStart: true,
  requires: [ISparkglass],
  optional: [ICommandPalette],
  activate: (
    _app: JupyterFrontEnd,
    service: ISparkglass,
    palette: ICommandPalette | null
  ): void => {
    void service.loaded.then(sparkglass => sparkglass.addCommands(palette));
  }
};
