import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IStatusBar } from '@jupyterlab/statusbar';
import { CommandIDs } from './command-ids';
import { ISparkglass } from './tokens';

/** `2 of 4 cores · 1 job`, in the status bar; there only while the notebook in front has Spark. */
export const statusPlugin: JupyterFrontEndPlugin<void> = {
  id: 'sparkglass:status',
  description: 'Cores and jobs in the status bar.',
  autoStart: true,
  requires: [ISparkglass],
  optional: [IStatusBar],
  activate: (
    app: JupyterFrontEnd,
    sparkglass: ISparkglass,
    statusBar: IStatusBar | null
  ): void => {
    if (statusBar) {
      void sparkglass.loaded.then(async service => {
        const { showStatus } = await import('./status');
        showStatus(statusBar, service, () => {
          void app.commands.execute(CommandIDs.showPanel);
        });
      });
    }
  }
};
