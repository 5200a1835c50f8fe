import {
  barLeft,
  barWidth,
  crossArm,
  crossMiddle,
  cutToFit
} from './bar-places';
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
import { escapeXml } from './escape-xml';
import { boxOf, boxPath, fontOf, paintOf, short } from './svg';
import type { SvgDefs } from './svg';

/** What only a page can say or make. */
export interface ISvgTools {
  /** Width of a text in CSS pixels. */
  measure(text: string, font: string): number;
  /** From the middle of a line down to its base line, in CSS pixels. */
  baseline(font: string): number;
  /** A colour as `#rrggbb` or `rgba(…)`: themes also write `white` and `hsl(…)`. */
  colour(css: string): string;
  /** RGBA words as the address of an image. */
  image(pixels: Uint32Array, columns: number, rows: number): string;
}

/** Bars that look alike are one path. */
type Paths = Map<string, string[]>;

/**
 * {@link IRenderer} that writes SVG: shapes stay shapes and words stay words.
 * Where tasks are thinner than pixels there are no shapes, so those come as an
 * image, in device pixels.
 */
export class SvgRenderer implements IRenderer {
  width = 0;
  height = 0;
  ratio = 1;
  private parts: string[] = [];
  private depth = 0;

  constructor(
    private readonly defs: SvgDefs,
    private readonly tools: ISvgTools
  ) {}

  /** What was drawn since {@link clear}, as elements. */
  toString(): string {
    return this.parts.join('') + '</g>'.repeat(this.depth);
  }

  resize(width: number, height: number, ratio: number): void {
    this.width = width;
    this.height = height;
    this.ratio = ratio;
  }

  clear(): void {
    this.parts = [];
    this.depth = 0;
  }

  clip(x: number, y: number, width: number, height: number): void {
    const id = this.defs.clip(x, y, width, height);
    this.parts.push(`<g clip-path="url(#${id})">`);
    this.depth++;
  }

  unclip(): void {
    if (this.depth > 0) {
      this.parts.push('</g>');
      this.depth--;
    }
  }

  bars(
    bars: IBarColumns,
    place: IBarPlace,
    fills: readonly string[],
    ink: IBarInk
  ): void {
    const plain: Paths = new Map();
    const marks: Paths = new Map();
    const { top, pitch } = place.bands;
    const h = Math.max(1, pitch - place.gap);
    for (let i = 0; i < bars.count; i++) {
      const x = barLeft(bars, i, place, this.ratio);
      const w = barWidth(bars, i, place, this.ratio, x);
      const y = top + bars.rows[i]! * pitch;
      const pattern = bars.patterns[i]!;
      const faded = (pattern & Pattern.faded) !== 0;
      const fill = this.paint('fill', fills[bars.fills[i]!] ?? '');
      if (fill) {
        add(
          plain,
          faded ? `${fill} opacity="0.25"` : fill,
          boxPath(x, y, w, h)
        );
      }
      this.mark(marks, pattern, x, y, w, h, ink);
    }
    this.write(plain);
    this.write(marks);
  }

  private mark(
    marks: Paths,
    pattern: number,
    x: number,
    y: number,
    w: number,
    h: number,
    ink: IBarInk
  ): void {
    const veil = pattern & Pattern.faded ? ' opacity="0.4"' : '';
    const box = boxPath(x, y, w, h);
    if (pattern & Pattern.hatch && w >= 2) {
      add(marks, this.hatch(ink.hatch, 4, 1.1) + veil, box);
    }
    if (pattern & Pattern.killed && w >= 2) {
      add(marks, this.hatch(ink.killed, 6, 2) + veil, box);
    }
    if (pattern & Pattern.outline && w >= 3) {
      const stroke = this.paint('stroke', ink.outline) ?? '';
      const line = ` fill="none"${stroke} stroke-width="2" stroke-dasharray="4 2"`;
      add(marks, line + veil, boxPath(x + 1, y + 1, w - 2, h - 2));
    }
    const arm = crossArm(w, h);
    if (pattern & Pattern.cross && w >= 5 && h >= 5 && arm >= 1) {
      const stroke = this.paint('stroke', ink.cross) ?? '';
      const [cx, cy] = [crossMiddle(x, w, arm), y + h / 2];
      add(
        marks,
        ` fill="none"${stroke} stroke-width="1.75"${veil}`,
        `M${short(cx - arm)} ${short(cy - arm)}L${short(cx + arm)} ${short(cy + arm)}` +
          `M${short(cx + arm)} ${short(cy - arm)}L${short(cx - arm)} ${short(cy + arm)}`
      );
    }
    if (pattern & Pattern.edge) {
      const fill = this.paint('fill', ink.edge) ?? '';
      add(marks, fill + veil, boxPath(x + w - 2, y, 2, h));
    }
  }

  private write(paths: Paths): void {
    for (const [look, path] of paths) {
      this.parts.push(`<path d="${path.join('')}"${look}/>`);
    }
  }

  /** Diagonal lines, as `hatch.ts` draws them for a canvas. */
  private hatch(colour: string, spacing: number, lineWidth: number): string {
    const side = Math.max(2, Math.round(spacing * this.ratio)) / this.ratio;
    const stroke = this.paint('stroke', colour) ?? '';
    const lines = [-side, 0, side]
      .map(
        shift =>
          `M${short(shift - 1)} ${short(side + 1)}L${short(shift + side + 1)} -1`
      )
      .join('');
    const id = this.defs.use(
      `hatch ${colour} ${side} ${lineWidth}`,
      name =>
        `<pattern id="${name}" patternUnits="userSpaceOnUse" width="${short(side)}" height="${short(side)}">` +
        `<path d="${lines}" fill="none"${stroke} stroke-width="${short(lineWidth)}"/></pattern>`
    );
    return ` fill="url(#${id})"`;
  }

  pixelRows(
    pixels: Uint32Array,
    columns: number,
    left: number,
    bands: IRowBands,
    gap: number
  ): void {
    if (columns < 1 || bands.count < 1) {
      return;
    }
    const { ratio } = this;
    const { words, rows } = stretchRows(pixels, columns, bands, gap, ratio);
    const address = this.tools.image(words, columns, rows);
    this.parts.push(
      `<image${boxOf(left, bands.top, columns / ratio, rows / ratio)}` +
        ` preserveAspectRatio="none" image-rendering="pixelated" xlink:href="${escapeXml(address)}"/>`
    );
  }

  threads(threads: IThreadColumns, looks: readonly IThreadLook[]): void {
    const paths: Paths = new Map();
    looks.forEach(({ colour, lineWidth, dashed }, look) => {
      const stroke = this.paint('stroke', colour);
      if (!stroke) {
        return;
      }
      const line =
        ` fill="none"${stroke} stroke-width="${short(lineWidth)}"` +
        (dashed ? ' stroke-dasharray="4 3"' : '');
      for (let i = 0; i < threads.count; i++) {
        if (threads.looks[i] === look) {
          const [x0, y0] = [threads.fromX[i]!, threads.fromY[i]!];
          const [x1, y1] = [threads.toX[i]!, threads.toY[i]!];
          add(paths, line, `M${short(x0)} ${short(y0)}${bend(x0, y0, x1, y1)}`);
        }
      }
    });
    this.write(paths);
  }

  ribbon(ribbon: IRibbon, colour: string): void {
    const paint = this.paint('fill', colour);
    if (!paint) {
      return;
    }
    const { fromX, fromTop, fromBottom, toX, toTop, toBottom } = ribbon;
    this.parts.push(
      `<path d="M${short(fromX)} ${short(fromTop)}${bend(fromX, fromTop, toX, toTop)}` +
        `V${short(toBottom)}${bend(toX, toBottom, fromX, fromBottom)}z"${paint}/>`
    );
  }

  fill(x: number, y: number, w: number, h: number, colour: string): void {
    const paint = this.paint('fill', colour);
    if (paint && w > 0 && h > 0) {
      this.parts.push(`<rect${boxOf(x, y, w, h)}${paint}/>`);
    }
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
    const paint = this.paint('stroke', colour);
    if (!paint) {
      return;
    }
    const inset = lineWidth / 2;
    const box = boxOf(
      x + inset,
      y + inset,
      Math.max(0, w - lineWidth),
      Math.max(0, h - lineWidth)
    );
    this.parts.push(
      `<rect${box} fill="none"${paint} stroke-width="${short(lineWidth)}"` +
        `${dashed ? ' stroke-dasharray="4 2"' : ''}/>`
    );
  }

  text(text: string, x: number, middle: number, style: ITextStyle): void {
    const { font, colour, align, maxWidth } = style;
    const shown = cutToFit(text, maxWidth ?? Infinity, words =>
      this.measure(words, font)
    );
    const paint = this.paint('fill', colour);
    if (shown === null || shown === '' || !paint) {
      return;
    }
    const anchor =
      align === 'center' ? 'middle' : align === 'right' ? 'end' : null;
    const y = middle + this.tools.baseline(font);
    this.parts.push(
      `<text x="${short(x)}" y="${short(y)}"${anchor ? ` text-anchor="${anchor}"` : ''}` +
        `${fontOf(font)}${paint}>${escapeXml(shown)}</text>`
    );
  }

  private paint(name: 'fill' | 'stroke', css: string): string | null {
    return paintOf(name, css === '' ? '' : this.tools.colour(css));
  }

  measure(text: string, font: string): number {
    return this.tools.measure(text, font);
  }
}

/**
 * Rows of pixels stretched to the height of their bands, with the gaps left
 * empty: one image then holds them all.
 *
 * @returns RGBA words, and how many device pixels they are high.
 */
export function stretchRows(
  pixels: Uint32Array,
  columns: number,
  bands: IRowBands,
  gap: number,
  ratio: number
): { words: Uint32Array; rows: number } {
  const rows = Math.round(bands.count * bands.pitch * ratio);
  const words = new Uint32Array(rows * columns);
  const filled = Math.max(1, bands.pitch - gap);
  for (let y = 0; y < rows; y++) {
    const at = (y + 0.5) / ratio;
    const band = Math.min(bands.count - 1, Math.floor(at / bands.pitch));
    if (at - band * bands.pitch < filled) {
      const from = band * columns;
      words.set(pixels.subarray(from, from + columns), y * columns);
    }
  }
  return { words, rows };
}

/** A curve that leaves and arrives level, from where the pen is. */
function bend(x0: number, y0: number, x1: number, y1: number): string {
  const middle = short((x0 + x1) / 2);
  return `C${middle} ${short(y0)} ${middle} ${short(y1)} ${short(x1)} ${short(y1)}`;
}

function add(paths: Paths, look: string, path: string): void {
  const known = paths.get(look);
  if (known) {
    known.push(path);
  } else {
    paths.set(look, [path]);
  }
}
