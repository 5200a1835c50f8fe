import type { Widget } from '@lumino/widgets';
import type { ComponentChild } from 'preact';
import { OtherApplications } from '../views/panel/other-applications';
import type { Sparkglass } from './sparkglass';
import { askDrivers, type IDriver } from './ui-drivers';

/** So often the server is asked while somebody looks at the panel. */
const EVERY_MS = 15_000;

/** The drivers on the server's machine that are not the notebook's in front; asked for as long as the panel is seen. */
export class OtherDrivers {
  /**
   * @param heard - called with each answer.
   */
  constructor(
    widget: Widget,
    private readonly service: Sparkglass,
    private readonly heard: () => void
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

  /** Their list. */
  list(): ComponentChild {
    const { service } = this;
    const own = service.current?.link.session.latest?.id;
    return (
      <OtherApplications
        applications={this.drivers.filter(({ id }) => id !== own)}
        trans={service.trans}
        onOpen={driver => service.openDriver(driver)}
      />
    );
  }

  private async ask(): Promise<void> {
    if (!this.isAsking) {
      this.isAsking = true;
      const { drivers, lack } = await askDrivers(
        this.service.serverSettings,
        this.service.uiPorts()
      );
      this.isAsking = false;
      if (lack === 'noRoute') {
        // It will not have one before the page is loaded anew.
        this.stop();
      }
      // Not reached is not gone.
      if (lack !== 'noServer') {
        this.drivers = lack ? [] : drivers;
        this.heard();
      }
    }
  }

  private readonly stop: () => void;
  private drivers: readonly IDriver[] = [];
  private isAsking = false;
}
