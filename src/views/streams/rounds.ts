import { frames } from '../../draw/frames';

/** From the beginning of a round to that of the next, ms: more often nobody sees a difference, and each costs the page a paint a part. */
const BETWEEN_MS = 400;

/**
 * Draws parts one after the other, one a frame of the page, so that no frame is long however many parts there are; and again, where something
 * has changed meanwhile, after a while.
 */
export class Rounds<T> {
  /**
   * @param draw - draws one part as it is at that time.
   * @param done - a round is over.
   */
  constructor(
    private readonly draw: (part: T) => void,
    private readonly done: () => void
  ) {}

  /**
   * Draw these parts: at once when it is the first time or another subject, otherwise when it is their time.
   *
   * @param subject - what is drawn.
   */
  ask(subject: string, parts: readonly T[]): void {
    this.parts = parts;
    if (subject !== this.subject) {
      this.reset();
      this.subject = subject;
      this.begin();
    } else if (this.left.length > 0) {
      this.isStale = true;
    } else if (this.timer === null) {
      const wait = this.beganAt + BETWEEN_MS - performance.now();
      if (wait <= 0) {
        this.begin();
      } else {
        this.timer = setTimeout(() => {
          this.timer = null;
          this.begin();
        }, wait);
      }
    }
  }

  /** What is drawn is no longer true, not even for a while: the next time is the first. */
  reset(): void {
    frames.forget(this.frame);
    if (this.timer !== null) {
      clearTimeout(this.timer);
      this.timer = null;
    }
    this.left = [];
    this.isStale = false;
    this.subject = null;
  }

  private begin(): void {
    this.beganAt = performance.now();
    this.isStale = false;
    this.left = [...this.parts];
    // The first part belongs into the frame in which it was asked for.
    this.frame();
  }

  private readonly frame = (): void => {
    const part = this.left.shift();
    if (part !== undefined) {
      this.draw(part);
    }
    if (this.left.length > 0) {
      frames.draw(this.frame);
      return;
    }
    this.done();
    if (this.isStale && this.subject !== null) {
      this.ask(this.subject, this.parts);
    }
  };

  private parts: readonly T[] = [];
  /** Those whose turn has not come in this round. */
  private left: T[] = [];
  private subject: string | null = null;
  private beganAt = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private isStale = false;
}
