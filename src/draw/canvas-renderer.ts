import {
  barLeft,
  barWidth,
  crossArm,
  crossMiddle,
  cutToFit
} from './bar-places';
import { hatchPattern } from './hatch';
import type { IRowBands } from './hit-test';
import {
  Pattern,
  type IBarColumns,
  type IBarInk,
  type IBarPlace,
  type IRenderer,
  type IRibbon,
  type ITextStyle,
  type IThreadColumns,
  type IThreadLook
} from './renderer';

/** {@link IRenderer} on a Canvas 2D context. */
export class CanvasRenderer implements IRenderer {
  private readonly context: CanvasRenderingContext2D;
  private readonly widths = new Map<string, number>();
  private readonly hatches = new Map<string, CanvasPattern | string>();
  private stage: HTMLCanvasElement | null = null;
  private image: ImageData | null = null;
  width = 0;
  height = 0;
  ratio = 1;

  /** @throws Error when the page gives no 2D context. */
  constructor(readonly canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d');
    if (!context) {
      throw new Error('This browser gives no 2D canvas.');
    }
    this.context = context;
  }

  resize(width: number, height: number, ratio: number): void {
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (
      this.canvas.width !== w ||
      this.canvas.height !== h ||
      this.ratio !== ratio
    ) {
      this.canvas.width = w;
      this.canvas.height = h;
      this.hatches.clear();
    }
    if (this.width !== width || this.height !== height) {
      this.canvas.style.width = `${width}px`;
      this.canvas.style.height = `${height}px`;
    }
    this.width = width;
    this.height = height;
    this.ratio = ratio;
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.context.textBaseline = 'middle';
  }

  clear(): void {
    this.context.clearRect(0, 0, this.width, this.height);
  }

  clip(x: number, y: number, width: number, height: number): void {
    this.context.save();
    this.context.beginPath();
    this.context.rect(x, y, width, height);
    this.context.clip();
  }

  unclip(): void {
    this.context.restore();
  }

  bars(
    bars: IBarColumns,
    place: IBarPlace,
    fills: readonly string[],
    ink: IBarInk
  ): void {
    // One pass a colour: setting the fill costs more than the rectangle.
    for (const faded of [0, Pattern.faded]) {
      this.context.globalAlpha = faded ? 0.25 : 1;
      for (let fill = 0; fill < fills.length; fill++) {
        this.context.fillStyle = fills[fill]!;
        for (let i = 0; i < bars.count; i++) {
          if (
            bars.fills[i] === fill &&
            (bars.patterns[i]! & Pattern.faded) === faded
          ) {
            this.bar(bars, i, place);
          }
        }
      }
    }
    this.context.globalAlpha = 1;
    this.marks(bars, place, ink);
  }

  private bar(bars: IBarColumns, i: number, place: IBarPlace): void {
    const { top, pitch } = place.bands;
    const x = barLeft(bars, i, place, this.ratio);
    const w = barWidth(bars, i, place, this.ratio, x);
    const y = top + bars.rows[i]! * pitch;
    this.context.fillRect(x, y, w, Math.max(1, pitch - place.gap));
  }

  private marks(bars: IBarColumns, place: IBarPlace, ink: IBarInk): void {
    const { context } = this;
    const { top, pitch } = place.bands;
    const h = Math.max(1, pitch - place.gap);
    for (let i = 0; i < bars.count; i++) {
      const pattern = bars.patterns[i]!;
      if ((pattern & ~Pattern.faded) === 0) {
        continue;
      }
      const x = barLeft(bars, i, place, this.ratio);
      const w = barWidth(bars, i, place, this.ratio, x);
      const y = top + bars.rows[i]! * pitch;
      context.globalAlpha = pattern & Pattern.faded ? 0.4 : 1;
      if (pattern & Pattern.hatch && w >= 2) {
        context.fillStyle = this.hatch(ink.hatch, 4, 1.1);
        context.fillRect(x, y, w, h);
      }
      if (pattern & Pattern.killed && w >= 2) {
        context.fillStyle = this.hatch(ink.killed, 6, 2);
        context.fillRect(x, y, w, h);
      }
      if (pattern & Pattern.outline && w >= 3) {
        this.outline(x, y, w, h, ink.outline, 2, true);
      }
      if (pattern & Pattern.cross && w >= 5 && h >= 5) {
        this.cross(x, y, w, h, ink.cross);
      }
      if (pattern & Pattern.edge) {
        context.fillStyle = ink.edge;
        context.fillRect(x + w - 2, y, 2, h);
      }
    }
    context.globalAlpha = 1;
  }

  private cross(x: number, y: number, w: number, h: number, ink: string): void {
    const arm = crossArm(w, h);
    if (arm < 1) {
      return;
    }
    const [cx, cy] = [crossMiddle(x, w, arm), y + h / 2];
    const { context } = this;
    context.strokeStyle = ink;
    context.lineWidth = 1.75;
    context.beginPath();
    context.moveTo(cx - arm, cy - arm);
    context.lineTo(cx + arm, cy + arm);
    context.moveTo(cx + arm, cy - arm);
    context.lineTo(cx - arm, cy + arm);
    context.stroke();
  }

  private hatch(
    colour: string,
    spacing: number,
    lineWidth: number
  ): CanvasPattern | string {
    const key = `${colour} ${spacing} ${lineWidth}`;
    let pattern = this.hatches.get(key);
    if (pattern === undefined) {
      pattern = hatchPattern(
        this.context,
        colour,
        this.ratio,
        spacing,
        lineWidth
      );
      this.hatches.set(key, pattern);
    }
    return pattern;
  }

  pixelRows(
    pixels: Uint32Array,
    columns: number,
    left: number,
    bands: IRowBands,
    gap: number
  ): void {
    const rows = bands.count;
    if (columns < 1 || rows < 1) {
      return;
    }
    const stage = (this.stage ??=
      this.canvas.ownerDocument.createElement('canvas'));
    if (stage.width !== columns || stage.height !== rows || !this.image) {
      stage.width = columns;
      stage.height = rows;
      this.image = new ImageData(columns, rows);
    }
    const { image, context } = this;
    new Uint32Array(image.data.buffer).set(pixels.subarray(0, columns * rows));
    stage.getContext('2d')!.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    const width = columns / this.ratio;
    const height = Math.max(1, bands.pitch - gap);
    for (let row = 0; row < rows; row++) {
      const y = bands.top + row * bands.pitch;
      context.drawImage(stage, 0, row, columns, 1, left, y, width, height);
    }
  }

  threads(threads: IThreadColumns, looks: readonly IThreadLook[]): void {
    const { context } = this;
    const { fromX, fromY, toX, toY } = threads;
    looks.forEach(({ colour, lineWidth, dashed }, look) => {
      context.strokeStyle = colour;
      context.lineWidth = lineWidth;
      context.setLineDash(dashed ? [4, 3] : []);
      context.beginPath();
      for (let i = 0; i < threads.count; i++) {
        if (threads.looks[i] === look) {
          const middle = (fromX[i]! + toX[i]!) / 2;
          context.moveTo(fromX[i]!, fromY[i]!);
          context.bezierCurveTo(
            middle,
            fromY[i]!,
            middle,
            toY[i]!,
            toX[i]!,
            toY[i]!
          );
        }
      }
      context.stroke();
    });
    context.setLineDash([]);
  }

  ribbon(ribbon: IRibbon, colour: string): void {
    const { context } = this;
    const { fromX, fromTop, fromBottom, toX, toTop, toBottom } = ribbon;
    const middle = (fromX + toX) / 2;
    context.fillStyle = colour;
    context.beginPath();
    context.moveTo(fromX, fromTop);
    context.bezierCurveTo(middle, fromTop, middle, toTop, toX, toTop);
    context.lineTo(toX, toBottom);
    context.bezierCurveTo(
      middle,
      toBottom,
      middle,
      fromBottom,
      fromX,
      fromBottom
    );
    context.fill();
  }

  fill(x: number, y: number, w: number, h: number, colour: string): void {
    this.context.fillStyle = colour;
    this.context.fillRect(x, y, w, h);
  }

  outline(
    x: number,
    y: number,
    w: number,
    h: number,
    colour: string,
    lineWidth = 1,
    dashed = false
  ): void {
    const { context } = this;
    context.strokeStyle = colour;
    context.lineWidth = lineWidth;
    context.setLineDash(dashed ? [4, 2] : []);
    const inset = lineWidth / 2;
    context.strokeRect(
      x + inset,
      y + inset,
      Math.max(0, w - lineWidth),
      Math.max(0, h - lineWidth)
    );
    context.setLineDash([]);
  }

  text(text: string, x: number, middle: number, style: ITextStyle): void {
    const { context } = this;
    const shown = cutToFit(text, style.maxWidth ?? Infinity, words =>
      this.measure(words, style.font)
    );
    if (shown === null) {
      return;
    }
    context.font = style.font;
    context.fillStyle = style.colour;
    context.textAlign = style.align ?? 'left';
    context.fillText(shown, x, middle);
  }

  measure(text: string, font: string): number {
    const key = `${font}\n${text}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      if (this.widths.size > 2000) {
        this.widths.clear();
      }
      this.context.font = font;
      width = this.context.measureText(text).width;
      this.widths.set(key, width);
    }
    return width;
  }
}
