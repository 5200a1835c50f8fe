import { signal } from '@preact/signals';
import type { ServerConnection } from '@jupyterlab/services';
import type { Widget } from '@lumino/widgets';
import { askDrivers, type IDriver } from './ui-drivers';

/** So often the server is asked while somebody looks at the panel. */
const EVERY_MS = 15_000;

/** The drivers on the server's machine, as long as a widget is seen. */
export class OtherDrivers {
  readonly drivers = signal<readonly IDriver[]>([]);

  /**
   * @param ports - where the drivers of open notebooks have their UI, for those at unusual ports.
   */
  constructor(
    widget: Widget,
    private readonly settings: ServerConnection.ISettings,
    private readonly ports: () => readonly number[]
  ) {
    const look = (): void => {
      if (widget.isVisible && document.visibilityState === 'visible') {
        void this.ask();
      }
    };
    const timer = window.setInterval(look, EVERY_MS);
    // A panel that is opened is not to wait for the next turn.
    const seen = new IntersectionObserver(look);
    seen.observe(widget.node);
    this.stop = () => {
      window.clearInterval(timer);
      seen.disconnect();
    };
    widget.disposed.connect(this.stop);
  }

  private async ask(): Promise<void> {
    if (!this.isAsking) {
      this.isAsking = true;
      const { drivers, lack } = await askDrivers(this.settings, this.ports());
      this.isAsking = false;
      if (lack === 'noRoute') {
        // It will not have one before the page is loaded anew.
        this.stop();
      }
      // Not reached is not gone.
      if (lack !== 'noServer') {
        this.drivers.value = lack ? [] : drivers;
      }
    }
  }

  private readonly stop: () => void;
  private isAsking = false;
}
