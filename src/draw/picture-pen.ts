import type { ISvgTools } from './svg-renderer';
import { SvgDefs } from './svg';

/** A box in CSS pixels of the window. */
export interface IBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What two boxes share; it has no area when they share nothing. */
export function overlap(a: IBox, b: IBox): IBox {
  return {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom)
  };
}

/** Whether a box has an area. */
export function isSeen({ left, top, right, bottom }: IBox): boolean {
  return right > left && bottom > top;
}

/** What writes a picture: elements, from the corner of the picture. */
export class Pen {
  readonly defs = new SvgDefs();
  private readonly parts: string[] = [];

  /**
   * @param box - what of the window the picture shows.
   * @param ratio - device pixels of a CSS pixel on the screen, to which boxes snap.
   * @param pixels - device pixels of a CSS pixel for what comes as an image.
   */
  constructor(
    readonly box: IBox,
    readonly ratio: number,
    readonly pixels: number,
    readonly tools: ISvgTools
  ) {}

  write(element: string): void {
    this.parts.push(element);
  }

  /** Where something of the window lies in the picture, on a device pixel as the browser draws it. */
  x(left: number): number {
    return this.snap(left) - this.box.left;
  }

  y(top: number): number {
    return this.snap(top) - this.box.top;
  }

  snap(px: number): number {
    return Math.round(px * this.ratio) / this.ratio;
  }

  /** Open a group that shows only a box. */
  clip({ left, top, right, bottom }: IBox): void {
    const [x, y] = [this.x(left), this.y(top)];
    const id = this.defs.clip(x, y, this.x(right) - x, this.y(bottom) - y);
    this.write(`<g clip-path="url(#${id})">`);
  }

  toString(): string {
    return this.defs.toString() + this.parts.join('');
  }
}
