import { frames } from '../draw/frames';
import { watchVisibility, type IVisibility } from '../draw/visibility';

/** While something runs, its duration grows this often, ms. */
const TICK_MS = 1000;

/**
 * Draws a view in the page's next frame when asked, never more often, and not
 * while it can't be seen.
 */
export class Redraw {
  private readonly visibility: IVisibility;
  private isStale = false;
  private heardAt = performance.now();
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    node: Element,
    private readonly draw: () => void
  ) {
    this.visibility = watchVisibility(node, visible => {
      if (visible && this.isStale) {
        frames.draw(this.frame);
      }
    });
  }

  /** ms since {@link heard}: what the driver's clock has gone on since. */
  get sinceMs(): number {
    return performance.now() - this.heardAt;
  }

  /** The model changed. */
  heard(): void {
    this.heardAt = performance.now();
    this.ask();
  }

  /** Something else that is drawn changed. */
  ask(): void {
    this.isStale = true;
    frames.draw(this.frame);
  }

  /** Draw again in a second: something runs. */
  tick(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.ask();
    }, TICK_MS);
  }

  dispose(): void {
    frames.forget(this.frame);
    this.visibility.dispose();
    if (this.timer !== null) {
      clearTimeout(this.timer);
    }
  }

  private readonly frame = (): void => {
    if (this.visibility.isVisible) {
      this.isStale = false;
      this.draw();
    }
  };
}

/** Let a view be as high as its content, up to a height in px. */
export function boundHeight(node: HTMLElement, heightPx: number): void {
  node.classList.add('jp-mod-bounded');
  node.style.setProperty('--jp-sparkglass-height', `${heightPx}px`);
}
