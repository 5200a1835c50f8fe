import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IStatusBar } from '@jupyterlab/statusbar';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { CommandIDs } from './command-ids';
import { statusOf } from './status';
import { ISparkglass } from './tokens';

/** `2 of 4 cores · 1 job`, in the status bar; there only while the notebook in front has Spark. */
export const statusPlugin: JupyterFrontEndPlugin<void> = {
  id: 'sparkglass:status',
  description: 'Busy cores and running jobs in the status bar.',
  autoStart: true,
  requires: [ISparkglass],
  optional: [IStatusBar],
  activate: (
    app: JupyterFrontEnd,
    sparkglass: ISparkglass,
    statusBar: IStatusBar | null
  ): void => {
    if (!statusBar) {
      return;
    }
    void sparkglass.loaded.then(service => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'jp-Sparkglass-statusItem';
      button.onclick = () => {
        void app.commands.execute(CommandIDs.showPanel);
      };
      const item = new Widget({ node: document.createElement('div') });
      item.node.appendChild(button);
      let wished = false;
      let active = false;
      const activeStateChanged = new Signal<Widget, void>(item);
      const show = (): void => {
        wished = false;
        const status = statusOf(service);
        if (active !== (status !== null)) {
          active = status !== null;
          activeStateChanged.emit();
        }
        if (status && button.textContent !== status.words) {
          button.textContent = status.words;
          button.title = status.explained;
        }
      };
      service.changed.connect(() => {
        if (!wished) {
          wished = true;
          requestAnimationFrame(show);
        }
      });
      show();
      statusBar.registerStatusItem('sparkglass:status', {
        item,
        align: 'left',
        rank: 50,
        // The bar shows and hides its items itself.
        isActive: () => active,
        activeStateChanged
      });
    });
  }
};
