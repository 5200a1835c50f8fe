import type { ISvgTools } from './svg-renderer';

/** What a page knows about fonts and images. Texts are measured on a canvas that is never shown. */
export class PageTools implements ISvgTools {
  private readonly shares = new Map<string, number>();

  private constructor(private readonly pen: CanvasRenderingContext2D) {}

  /** @throws Error when the browser gives no 2D context. */
  static of(host: Document): PageTools {
    const pen = host.createElement('canvas').getContext('2d');
    if (!pen) {
      throw new Error('This browser gives no 2D canvas.');
    }
    return new PageTools(pen);
  }

  measure(text: string, font: string): number {
    this.pen.font = font;
    return this.pen.measureText(text).width;
  }

  baseline(font: string): number {
    const { pen } = this;
    pen.font = font;
    pen.textBaseline = 'alphabetic';
    const above = pen.measureText('x').fontBoundingBoxAscent;
    pen.textBaseline = 'middle';
    const middle = pen.measureText('x').fontBoundingBoxAscent;
    pen.textBaseline = 'alphabetic';
    return above - middle;
  }

  /** How much of a line's height is above its base line: from 0 to 1. */
  ascentShare(font: string): number {
    let share = this.shares.get(font);
    if (share === undefined) {
      this.pen.font = font;
      const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } =
        this.pen.measureText('x');
      // Browsers lay lines out with whole pixels above and below.
      const [a, b] = [Math.round(above), Math.round(below)];
      share = a + b > 0 ? a / (a + b) : 0.8;
      this.shares.set(font, share);
    }
    return share;
  }

  colour(css: string): string {
    // What a canvas does not understand leaves its colour as it is.
    this.pen.fillStyle = '#000000';
    this.pen.fillStyle = css;
    return String(this.pen.fillStyle);
  }

  image(pixels: Uint32Array, columns: number, rows: number): string {
    const stage = this.pen.canvas.ownerDocument.createElement('canvas');
    stage.width = columns;
    stage.height = rows;
    const image = new ImageData(columns, rows);
    new Uint32Array(image.data.buffer).set(pixels);
    stage.getContext('2d')?.putImageData(image, 0, 0);
    return stage.toDataURL('image/png');
  }
}
