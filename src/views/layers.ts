import { CanvasRenderer } from '../draw/canvas-renderer';
import { pixelRatio } from '../draw/pixel-ratio';
import type { IRenderer } from '../draw/renderer';
import { setPainter } from '../draw/repaint';

/** How each canvas is painted once more, for a saved picture. */
export interface ILayerPainters {
  base(renderer: IRenderer): unknown;
  top(renderer: IRenderer): unknown;
}

/** A picture of two canvases that takes the focus and keys: one for what stays, one above it for what follows the pointer. */
export class Layers {
  readonly base: CanvasRenderer;
  readonly top: CanvasRenderer;

  /**
   * @param node - what the canvases are put into.
   * @param keys - what the picture is and which keys it knows, for a screen reader.
   */
  constructor(
    private readonly node: HTMLElement,
    keys: string,
    painters: ILayerPainters
  ) {
    const page = node.ownerDocument;
    node.tabIndex = 0;
    node.setAttribute('role', 'group');
    node.setAttribute('aria-label', keys);
    // Keys pressed here are ours: a notebook would take them as commands.
    node.setAttribute('data-lm-suppress-shortcuts', 'true');
    this.base = new CanvasRenderer(page.createElement('canvas'));
    this.top = new CanvasRenderer(page.createElement('canvas'));
    this.base.canvas.setAttribute('role', 'img');
    this.top.canvas.setAttribute('aria-hidden', 'true');
    setPainter(this.base.canvas, renderer => painters.base(renderer));
    setPainter(this.top.canvas, renderer => painters.top(renderer));
    node.append(this.base.canvas, this.top.canvas);
  }

  /** Name the picture: its verdict. */
  setName(name: string): void {
    this.base.canvas.setAttribute('aria-label', name);
  }

  /** Give both canvases a size, CSS pixels. */
  resize(width: number, height: number): void {
    const ratio = pixelRatio(this.node.ownerDocument.defaultView ?? window);
    this.base.resize(width, height, ratio);
    this.top.resize(width, height, ratio);
  }
}
