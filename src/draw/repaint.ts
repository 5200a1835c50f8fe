import type { IRenderer } from './renderer';

/** Draws once more what a canvas shows, with another renderer of the same size. */
export type Painter = (renderer: IRenderer) => unknown;

const painters = new WeakMap<HTMLCanvasElement, Painter>();

/** Say how a canvas can be painted again, so that a saved picture has its lines and words and not its pixels. */
export function setPainter(canvas: HTMLCanvasElement, painter: Painter): void {
  painters.set(canvas, painter);
}

/** How a canvas can be painted again; undefined when nobody has said. */
export function painterOf(canvas: HTMLCanvasElement): Painter | undefined {
  return painters.get(canvas);
}
