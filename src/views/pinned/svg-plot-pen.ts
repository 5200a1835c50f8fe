import { escapeXml } from '../../draw/escape-xml';
import type { IPoints } from '../curve/plot';
import {
  markCorners,
  MARK_PX,
  piecesOf,
  type IPlotPen,
  type IStroke,
  type MarkShape
} from '../curve/plot-pen';

/** About the width of a letter of 11 px. */
const LETTER_PX = 6;

/** {@link IPlotPen} that writes SVG elements. All words are escaped. */
export class SvgPlotPen implements IPlotPen {
  private readonly parts: string[] = [];

  constructor(
    readonly width: number,
    readonly height: number
  ) {}

  toString(): string {
    return this.parts.join('');
  }

  line({ x, y }: IPoints, stroke: IStroke): void {
    const path = piecesOf(y)
      .map(([from, to]) => {
        const points: string[] = [];
        for (let i = from; i < to; i++) {
          points.push(`${fixed(x[i]!)} ${fixed(y[i]!)}`);
        }
        return `M${points.join('L')}`;
      })
      .join('');
    if (path !== '') {
      const dash = stroke.dash?.length
        ? ` stroke-dasharray="${stroke.dash.join(' ')}"`
        : '';
      this.parts.push(
        `<path d="${path}" fill="none" stroke="${stroke.colour}" stroke-width="${stroke.widthPx}"${dash}${opacity(stroke.alpha ?? 1)}/>`
      );
    }
  }

  area(
    x: ArrayLike<number>,
    low: ArrayLike<number>,
    high: ArrayLike<number>,
    colour: string,
    alpha: number
  ): void {
    for (const [from, to] of piecesOf(low)) {
      const points: string[] = [];
      for (let i = from; i < to; i++) {
        points.push(`${fixed(x[i]!)} ${fixed(high[i]!)}`);
      }
      for (let i = to - 1; i >= from; i--) {
        points.push(`${fixed(x[i]!)} ${fixed(low[i]!)}`);
      }
      this.parts.push(
        `<path d="M${points.join('L')}Z" fill="${colour}"${opacity(alpha)}/>`
      );
    }
  }

  rect(
    x: number,
    y: number,
    width: number,
    height: number,
    colour: string,
    alpha: number
  ): void {
    this.parts.push(
      `<rect x="${fixed(x)}" y="${fixed(y)}" width="${fixed(width)}" height="${fixed(height)}" fill="${colour}"${opacity(alpha)}/>`
    );
  }

  mark(shape: MarkShape, x: number, y: number, colour: string): void {
    if (shape === 'ring') {
      this.parts.push(
        `<circle cx="${fixed(x)}" cy="${fixed(y)}" r="${MARK_PX - 1.5}" fill="#ffffff" stroke="${colour}" stroke-width="1.5"/>`
      );
      return;
    }
    const corners = markCorners(shape, x, y)
      .map(([cx, cy]) => `${fixed(cx)} ${fixed(cy)}`)
      .join('L');
    this.parts.push(
      `<path d="M${corners}Z" fill="${colour}" stroke="#ffffff"/>`
    );
  }

  text(words: string, x: number, middle: number, colour: string): void {
    this.parts.push(
      `<text x="${fixed(x)}" y="${fixed(middle + 4)}" fill="${colour}">${escapeXml(words)}</text>`
    );
  }

  measure(words: string): number {
    return words.length * LETTER_PX;
  }
}

function opacity(alpha: number): string {
  return alpha < 1 ? ` opacity="${Math.round(alpha * 100) / 100}"` : '';
}

function fixed(n: number): string {
  return String(Math.round(n * 10) / 10);
}
