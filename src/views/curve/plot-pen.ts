import type { IPoints } from './plot';

/** How a stroke looks. */
export interface IStroke {
  readonly colour: string;
  readonly widthPx: number;
  readonly dash?: readonly number[];
  /** 0–1; 1 when not given. */
  readonly alpha?: number;
}

/** Shapes that stand for what happened. */
export type MarkShape = 'up' | 'down' | 'ring' | 'diamond' | 'bang';

/** Draws a plot, on a canvas or as SVG. All lengths are CSS pixels from the upper left corner of the plot. */
export interface IPlotPen {
  readonly width: number;
  readonly height: number;
  /** A stroke through points; a NaN ends one piece. */
  line(points: IPoints, stroke: IStroke): void;
  /** What lies between two strokes. */
  area(
    x: ArrayLike<number>,
    low: ArrayLike<number>,
    high: ArrayLike<number>,
    colour: string,
    alpha: number
  ): void;
  rect(
    x: number,
    y: number,
    width: number,
    height: number,
    colour: string,
    alpha: number
  ): void;
  mark(shape: MarkShape, x: number, y: number, colour: string): void;
  text(words: string, x: number, middle: number, colour: string): void;
  /** Width of words in pixels, or a good guess. */
  measure(words: string): number;
}

/** Half the size of a mark in pixels. */
export const MARK_PX = 5;

/** The corners of a mark, closed; a ring has none. */
export function markCorners(
  shape: MarkShape,
  x: number,
  y: number
): readonly (readonly [number, number])[] {
  const r = MARK_PX;
  switch (shape) {
    case 'up':
      return [
        [x, y - r],
        [x + r, y + r],
        [x - r, y + r]
      ];
    case 'down':
      return [
        [x, y + r],
        [x + r, y - r],
        [x - r, y - r]
      ];
    case 'diamond':
    case 'bang':
      return [
        [x, y - r],
        [x + r, y],
        [x, y + r],
        [x - r, y]
      ];
    case 'ring':
      return [];
  }
}

/** {@link IPlotPen} on a canvas whose origin is the plot's corner. */
export class CanvasPen implements IPlotPen {
  constructor(
    private readonly context: CanvasRenderingContext2D,
    readonly width: number,
    readonly height: number,
    private readonly font: string,
    private readonly paper: string
  ) {}

  line({ x, y }: IPoints, stroke: IStroke): void {
    const { context } = this;
    context.globalAlpha = stroke.alpha ?? 1;
    context.strokeStyle = stroke.colour;
    context.lineWidth = stroke.widthPx;
    context.setLineDash([...(stroke.dash ?? [])]);
    context.beginPath();
    for (const [from, to] of piecesOf(y)) {
      context.moveTo(x[from]!, y[from]!);
      for (let i = from + 1; i < to; i++) {
        context.lineTo(x[i]!, y[i]!);
      }
    }
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  area(
    x: ArrayLike<number>,
    low: ArrayLike<number>,
    high: ArrayLike<number>,
    colour: string,
    alpha: number
  ): void {
    const { context } = this;
    context.globalAlpha = alpha;
    context.fillStyle = colour;
    for (const [from, to] of piecesOf(low)) {
      context.beginPath();
      for (let i = from; i < to; i++) {
        context.lineTo(x[i]!, high[i]!);
      }
      for (let i = to - 1; i >= from; i--) {
        context.lineTo(x[i]!, low[i]!);
      }
      context.closePath();
      context.fill();
    }
    context.globalAlpha = 1;
  }

  rect(
    x: number,
    y: number,
    width: number,
    height: number,
    colour: string,
    alpha: number
  ): void {
    this.context.globalAlpha = alpha;
    this.context.fillStyle = colour;
    this.context.fillRect(x, y, width, height);
    this.context.globalAlpha = 1;
  }

  mark(shape: MarkShape, x: number, y: number, colour: string): void {
    const { context } = this;
    context.lineWidth = 1.5;
    context.beginPath();
    if (shape === 'ring') {
      context.arc(x, y, MARK_PX - 1.5, 0, 2 * Math.PI);
      context.fillStyle = this.paper;
      context.fill();
      context.strokeStyle = colour;
      context.stroke();
      return;
    }
    markCorners(shape, x, y).forEach(([cx, cy]) => context.lineTo(cx, cy));
    context.closePath();
    // Paper around it, so that it stands out on a line of its own colour.
    context.strokeStyle = this.paper;
    context.stroke();
    context.fillStyle = colour;
    context.fill();
  }

  text(words: string, x: number, middle: number, colour: string): void {
    const { context } = this;
    context.font = this.font;
    context.textBaseline = 'middle';
    context.textAlign = 'left';
    context.lineWidth = 3;
    context.lineJoin = 'round';
    context.strokeStyle = this.paper;
    context.strokeText(words, x, middle);
    context.fillStyle = colour;
    context.fillText(words, x, middle);
  }

  measure(words: string): number {
    this.context.font = this.font;
    return this.context.measureText(words).width;
  }
}

/** The runs of numbers between gaps: from, and to which is not included. */
export function piecesOf(values: ArrayLike<number>): [number, number][] {
  const pieces: [number, number][] = [];
  let from = -1;
  for (let i = 0; i <= values.length; i++) {
    const isGap = i === values.length || Number.isNaN(values[i]!);
    if (!isGap && from < 0) {
      from = i;
    } else if (isGap && from >= 0) {
      pieces.push([from, i]);
      from = -1;
    }
  }
  return pieces;
}
