import {
  clampRange,
  isWhole,
  panRange,
  zoomRange,
  type ITimeRange
} from '../../draw/time-scale';

/** Free room right of the last end, as a part of the whole. */
const ROOM = 0.01;
/** The same while tasks run: the picture is re-scaled only when it is used up. */
const LIVE_ROOM = 0.1;

/**
 * Which stretch of time is shown. Until the user zooms, that is everything,
 * however much it grows; from then on the stretch stays where it was put.
 */
export class Navigation {
  /** Everything there is, with some room at the end. */
  limits: ITimeRange = { from: 0, to: 1 };
  range: ITimeRange = { from: 0, to: 1 };

  /** Whether everything is shown, and goes on being shown. */
  isFit = true;

  /**
   * Say how far time reaches.
   *
   * @param live - whether `to` is going to grow.
   */
  setLimits(from: number, to: number, live: boolean): void {
    const span = Math.max(to - from, 1);
    let end = from + span * (1 + ROOM);
    if (live) {
      const same = from === this.limits.from && end <= this.limits.to;
      end = same ? this.limits.to : from + span * (1 + LIVE_ROOM);
    }
    this.limits = { from, to: end };
    this.range = this.isFit ? this.limits : clampRange(this.range, this.limits);
  }

  /** Show everything. */
  fit(): void {
    this.isFit = true;
    this.range = this.limits;
  }

  /** Zoom about a moment; above 1 is nearer. */
  zoom(about: number, factor: number): void {
    this.show(zoomRange(this.range, about, factor, this.limits));
  }

  /** Zoom about the middle of what is shown. */
  zoomMiddle(factor: number): void {
    this.zoom((this.range.from + this.range.to) / 2, factor);
  }

  /** Move by a part of what is shown. */
  panShare(share: number): void {
    this.pan(share * (this.range.to - this.range.from));
  }

  /** Move by milliseconds. */
  pan(byMs: number): void {
    if (!this.isFit) {
      this.show(panRange(this.range, byMs, this.limits));
    }
  }

  /** Show a stretch. */
  show(range: ITimeRange): void {
    this.range = clampRange(range, this.limits);
    this.isFit = isWhole(this.range, this.limits);
    if (this.isFit) {
      this.range = this.limits;
    }
  }

  /** Move as little as it takes for a stretch to be seen. */
  reveal(from: number, to: number): void {
    const span = this.range.to - this.range.from;
    if (from >= this.range.from && to <= this.range.to) {
      return;
    }
    const target =
      to - from > span || from < this.range.from
        ? from - 0.1 * span
        : to - 0.9 * span;
    this.pan(target - this.range.from);
  }
}
