/** What a {@link FrameScheduler} needs of the page; specs pass their own. */
export interface IFrameHost {
  /** Ask for one call before the next paint. */
  request(callback: () => void): number;
  cancel(handle: number): void;
  /** Call back when what the present callback has set off (rendering of components) is done, still before the paint. */
  soon(callback: () => void): void;
  /** Whether the whole page is out of sight. */
  isHidden(): boolean;
  /** Call back when the page comes into sight or goes out of it. */
  onVisibility(callback: () => void): void;
}

/** The browser's own frames. */
function pageHost(): IFrameHost {
  return {
    request: callback => requestAnimationFrame(callback),
    cancel: handle => cancelAnimationFrame(handle),
    soon: callback => queueMicrotask(callback),
    isHidden: () => document.hidden,
    onVisibility: callback =>
      document.addEventListener('visibilitychange', callback)
  };
}

/** Actions that wish for actions, and components that render in between, get so many rounds in one frame. */
const MOST_ROUNDS = 4;

/**
 * One animation frame for everybody. Actions (which change what is to be
 * drawn) run before draws; asking twice in a frame is asking once; in a hidden
 * page nothing is drawn and the wishes wait.
 *
 * Every frame costs the page a paint, several milliseconds that Spark's own tasks would use on a small machine. So what one batch of events
 * sets off, from model to picture, is done in one frame.
 */
export class FrameScheduler {
  private readonly actions = new Set<() => void>();
  private readonly draws = new Set<() => void>();
  private handle: number | null = null;
  private host: IFrameHost | null;

  /** @param host taken from the page on first use, unless given. */
  constructor(host: IFrameHost | null = null) {
    this.host = host;
    host?.onVisibility(() => this.wake());
  }

  /** Run before the draws of the next frame. */
  act(action: () => void): void {
    this.actions.add(action);
    this.wake();
  }

  /** Draw in the next frame. The same function is called once a frame. */
  draw(draw: () => void): void {
    this.draws.add(draw);
    this.wake();
  }

  /** Forget a wish: what asked for it is gone. */
  forget(wish: () => void): void {
    this.actions.delete(wish);
    this.draws.delete(wish);
  }

  private wake(): void {
    const nothing = this.actions.size === 0 && this.draws.size === 0;
    if (nothing || this.handle !== null) {
      return;
    }
    if (!this.host) {
      this.host = pageHost();
      this.host.onVisibility(() => this.wake());
    }
    if (!this.host.isHidden()) {
      this.handle = this.host.request(this.frame);
    }
  }

  private readonly frame = (): void => {
    this.failed = [];
    this.round(1);
  };

  private round(n: number): void {
    this.grant(this.actions);
    this.host?.soon(() => {
      if (this.actions.size > 0 && n < MOST_ROUNDS) {
        this.round(n + 1);
      } else {
        this.finish();
      }
    });
  }

  private finish(): void {
    this.grant(this.draws);
    this.handle = null;
    this.wake();
    if (this.failed.length > 0) {
      throw this.failed[0];
    }
  }

  private grant(wishes: Set<() => void>): void {
    const now = [...wishes];
    wishes.clear();
    for (const wish of now) {
      try {
        wish();
      } catch (error) {
        // One broken picture must not stop the others.
        this.failed.push(error);
      }
    }
  }

  private failed: unknown[] = [];
}

/** The page's scheduler: every view draws through this one. */
export const frames = new FrameScheduler();
