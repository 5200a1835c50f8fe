import type { IRowBands } from './hit-test';
import type { TimeScale } from './time-scale';

/** What is drawn over a bar's colour: bits, so that a bar may carry several. */
export const Pattern = {
  none: 0,
  /** Fine diagonal lines: time lost inside (garbage collection, spill). */
  hatch: 1,
  /** Coarse diagonal lines: it was killed. */
  killed: 2,
  /** A cross: it failed. */
  cross: 4,
  /** A dashed outline: a second, speculative copy. */
  outline: 8,
  /** A bright right end: it is still running. */
  edge: 16,
  /** Faded: something else is in focus. */
  faded: 32
} as const;

/** Bars as columns: one entry a bar, in any order. */
export interface IBarColumns {
  count: number;
  /** Milliseconds. */
  starts: Float64Array;
  ends: Float64Array;
  /** Which row band a bar lies in. */
  rows: Uint16Array;
  /** Index into the fills. */
  fills: Uint8Array;
  /** Bits of {@link Pattern}. */
  patterns: Uint8Array;
}

/** Where columns land on the screen. */
export interface IBarPlace {
  readonly scale: TimeScale;
  /** Pixel at which the scale's pixel 0 lies. */
  readonly left: number;
  readonly bands: IRowBands;
  /** Pixels left free below a row and after a wide bar. */
  readonly gap: number;
}

/** Colours for the marks of {@link Pattern}. */
export interface IBarInk {
  readonly hatch: string;
  readonly killed: string;
  readonly cross: string;
  readonly outline: string;
  readonly edge: string;
}

/** Threads as columns: one entry a thread, from a point on the left to one on the right, in any order. CSS pixels. */
export interface IThreadColumns {
  count: number;
  fromX: Float32Array;
  fromY: Float32Array;
  toX: Float32Array;
  toY: Float32Array;
  /** Index into the looks. */
  looks: Uint8Array;
}

/** How threads look. */
export interface IThreadLook {
  readonly colour: string;
  readonly lineWidth: number;
  readonly dashed?: boolean;
}

/** A flat ribbon between two upright edges. CSS pixels. */
export interface IRibbon {
  readonly fromX: number;
  readonly fromTop: number;
  readonly fromBottom: number;
  readonly toX: number;
  readonly toTop: number;
  readonly toBottom: number;
}

/** How a text sits at its point. */
export interface ITextStyle {
  readonly font: string;
  readonly colour: string;
  readonly align?: 'left' | 'center' | 'right';
  /** Cut with an ellipsis beyond this many pixels. */
  readonly maxWidth?: number;
}

/**
 * What draws. All lengths are CSS pixels, all times milliseconds; a renderer
 * takes whole columns, so that another one (on a worker's canvas, say) needs
 * no call a bar.
 */
export interface IRenderer {
  /** CSS size of the picture and the device pixels of one CSS pixel. */
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
  /** Set the size; a call that changes nothing costs nothing. */
  resize(width: number, height: number, ratio: number): void;
  /** Make everything paper again. */
  clear(): void;
  /** Draw only inside this box until {@link unclip}. */
  clip(x: number, y: number, width: number, height: number): void;
  unclip(): void;
  /** Draw bars. `fills[i]` is the colour of fill index `i`. */
  bars(
    bars: IBarColumns,
    place: IBarPlace,
    fills: readonly string[],
    ink: IBarInk
  ): void;
  /**
   * Draw one row of pixels a band, stretched to the band's height.
   *
   * @param pixels `columns × bands.count` RGBA words, row by row.
   * @param columns device pixels across.
   */
  pixelRows(
    pixels: Uint32Array,
    columns: number,
    left: number,
    bands: IRowBands,
    gap: number
  ): void;
  /** Draw threads that leave and arrive level. Looks are drawn one after the other: the last lies on top. */
  threads(threads: IThreadColumns, looks: readonly IThreadLook[]): void;
  /** Fill what lies between the two outermost threads of a bundle. */
  ribbon(ribbon: IRibbon, colour: string): void;
  fill(x: number, y: number, w: number, h: number, colour: string): void;
  /** A frame drawn inside the box. */
  outline(
    x: number,
    y: number,
    w: number,
    h: number,
    colour: string,
    lineWidth?: number,
    dashed?: boolean
  ): void;
  text(text: string, x: number, middle: number, style: ITextStyle): void;
  /** Width of a text in CSS pixels. */
  measure(text: string, font: string): number;
}
