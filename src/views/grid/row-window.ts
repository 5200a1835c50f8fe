/**
 * No browser draws a node that is higher than some limit (Firefox: about
 * 17.9 million pixels, Chromium: 33.5 million); stay well below it.
 */
const MOST_PX = 12_000_000;

/** Positions `first` … `last - 1`. */
export interface IRowRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Which rows of a long table are in view.
 *
 * Two kinds of pixels: those of the table as if it were drawn whole
 * (`offset`), and those of the node that is scrolled (`scrollTop`). They are the
 * same until the table is higher than a node can be. Then a small step of
 * scrolling is a step of as many pixels, so that the wheel moves rows and not
 * screens, and a large one (the scroll bar was dragged) goes to the same share
 * of the table; {@link scrollTop} says where the node must be put once it rests.
 */
export class RowWindow {
  /** Height of a row, px. */
  rowHeight = 22;
  /** Height of what is in view, px. */
  viewport = 0;

  private rows = 0;
  private at = 0;
  private lastTop = 0;

  constructor(private readonly mostPx = MOST_PX) {}

  /** How many rows there are. */
  get count(): number {
    return this.rows;
  }

  set count(count: number) {
    this.rows = count;
    this.offset = this.at;
  }

  /** Height of the whole table, px. */
  get total(): number {
    return this.rows * this.rowHeight;
  }

  /** Height of the node that is scrolled, px. */
  get height(): number {
    return Math.min(this.total, this.mostPx);
  }

  /** How far the table is scrolled, in pixels of the table. */
  get offset(): number {
    return this.at;
  }

  set offset(offset: number) {
    this.at = Math.max(0, Math.min(offset, this.total - this.viewport));
  }

  /** Where the node must be scrolled to for {@link offset}. */
  get scrollTop(): number {
    const hidden = this.total - this.viewport;
    return this.isStretched && hidden > 0
      ? (this.at / hidden) * (this.height - this.viewport)
      : this.at;
  }

  /** Whether a pixel of the node stands for more than one of the table. */
  get isStretched(): boolean {
    return this.total > this.mostPx;
  }

  /** The node was scrolled. */
  scrolled(top: number): void {
    const step = top - this.lastTop;
    this.lastTop = top;
    const end = this.height - this.viewport;
    const isSmall = Math.abs(step) <= 2 * this.viewport;
    if (!this.isStretched) {
      this.offset = top;
    } else if (isSmall && top > 0 && top < end - 1) {
      this.offset = this.at + step;
    } else {
      this.offset = (top / end) * (this.total - this.viewport);
    }
  }

  /** The node was put where {@link scrollTop} said. */
  settled(top: number): void {
    this.lastTop = top;
  }

  /** Where a row is to be drawn, from the top of the node. */
  topOf(row: number): number {
    const shift = this.isStretched ? this.lastTop - this.at : 0;
    return row * this.rowHeight + shift;
  }

  /** The rows to draw: those in view and a few on either side. */
  range(more: number): IRowRange {
    const first = Math.floor(this.at / this.rowHeight);
    const last = Math.ceil((this.at + this.viewport) / this.rowHeight);
    return {
      first: Math.max(0, first - more),
      last: Math.min(this.rows, last + more)
    };
  }

  /** Scroll as little as brings a row into view. */
  reveal(row: number): void {
    const top = row * this.rowHeight;
    if (top < this.at) {
      this.offset = top;
    } else if (top + this.rowHeight > this.at + this.viewport) {
      this.offset = top + this.rowHeight - this.viewport;
    }
  }
}
