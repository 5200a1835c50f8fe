import { drawBox } from './picture-boxes';
import { isSeen, overlap, Pen, type IBox } from './picture-pen';
import { drawShapes } from './picture-shapes';
import {
  canvasFont,
  drawContent,
  drawField,
  drawMarker,
  drawText,
  type Limit,
  type TextPen
} from './picture-text';
import { PageTools } from './picture-tools';
import { parseColour } from './palette';
import { painterOf } from './repaint';
import { escapeXml } from './escape-xml';
import { boxOf, fontOf, paintOf, short } from './svg';
import { SvgRenderer } from './svg-renderer';

/** An element that bears this is part of the page, not of a picture of it. */
export const NO_PICTURE = 'data-sparkglass-no-picture';

/** A part of the page as a picture. */
export interface IPicture {
  /** An SVG document without scripts, style sheets, links or foreign objects. */
  readonly svg: string;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * Draw what a reader sees of an element: with its theme, zoomed and scrolled as it is.
 *
 * @param title - one line for who cannot see the picture.
 * @param pixels - device pixels of a CSS pixel for the parts that come as images.
 * @throws Error when the element has no size.
 */
export function drawPicture(
  root: HTMLElement,
  title: string,
  pixels: number
): IPicture {
  const ratio = root.ownerDocument.defaultView?.devicePixelRatio || 1;
  const box = insideOf(root, ratio);
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  if (!(width > 0 && height > 0)) {
    throw new Error('There is nothing to be seen.');
  }
  const tools = PageTools.of(root.ownerDocument);
  const pen = new Pen(box, ratio, pixels, tools) as TextPen;
  drawElement(pen, root, box, null);
  const style = getComputedStyle(root);
  const family = / font-family="[^"]*"/.exec(fontOf(canvasFont(style)))?.[0];
  const paper = paintOf('fill', paperOf(root)) ?? ' fill="#ffffff"';
  const whole = boxOf(0, 0, width, height);
  const clip = pen.defs.clip(0, 0, width, height);
  const body = `${pen.toString()}`;
  return {
    svg:
      '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"' +
      ` width="${short(width)}" height="${short(height)}" viewBox="0 0 ${short(width)} ${short(height)}"` +
      `${family ?? ''} style="font-variant-numeric:tabular-nums" role="img"><title>${escapeXml(title)}</title>` +
      `<rect${whole}${paper}/><g clip-path="url(#${clip})">` +
      // Said once for the whole picture.
      `${family ? body.replaceAll(family, '') : body}</g></svg>`,
    width,
    height
  };
}

/** What an element shows: without its borders and scroll bars. */
function insideOf(element: HTMLElement, ratio: number): IBox {
  const snap = (px: number): number => Math.round(px * ratio) / ratio;
  const { left, top } = element.getBoundingClientRect();
  const x = snap(left + element.clientLeft);
  const y = snap(top + element.clientTop);
  const { clientWidth, clientHeight } = element;
  return { left: x, top: y, right: x + clientWidth, bottom: y + clientHeight };
}

/** The colour of the first thing behind an element that is not transparent. */
function paperOf(element: Element): string {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if ((parseColour(colour)?.[3] ?? 0) >= 1) {
      return colour;
    }
  }
  return '#ffffff';
}

function drawElement(
  pen: TextPen,
  element: Element,
  clip: IBox,
  limit: Limit
): void {
  const style = getComputedStyle(element);
  const opacity = Number(style.opacity);
  if (
    element.hasAttribute(NO_PICTURE) ||
    style.display === 'none' ||
    // There for a screen reader only.
    style.clipPath.startsWith('inset(50%') ||
    opacity <= 0
  ) {
    return;
  }
  if (opacity < 1) {
    pen.write(`<g opacity="${short(opacity)}">`);
  }
  const isVisible = style.visibility === 'visible';
  if (isVisible) {
    // What runs over several lines has a box on each.
    const boxes =
      style.display === 'inline'
        ? [...element.getClientRects()]
        : [element.getBoundingClientRect()];
    boxes
      .filter(box => isSeen(overlap(box, clip)))
      .forEach(box => drawBox(pen, box, style));
  }
  drawInside(pen, element, style, isVisible, clip, limit);
  if (opacity < 1) {
    pen.write('</g>');
  }
}

function drawInside(
  pen: TextPen,
  element: Element,
  style: CSSStyleDeclaration,
  isVisible: boolean,
  clip: IBox,
  limit: Limit
): void {
  if (element instanceof HTMLCanvasElement) {
    if (isVisible) {
      drawCanvas(pen, element);
    }
  } else if (element instanceof SVGSVGElement) {
    if (isVisible) {
      drawShapes(pen, element);
    }
  } else if (element instanceof HTMLInputElement) {
    if (isVisible) {
      drawField(pen, element, style, element.getBoundingClientRect());
    }
  } else if (element instanceof HTMLElement) {
    const box = windowOf(element, style);
    const seen = box ? overlap(clip, box) : clip;
    if (!isSeen(seen)) {
      return;
    }
    const cuts = box !== null && overflows(element, style);
    if (cuts) {
      pen.clip(seen);
    }
    if (isVisible) {
      drawMarker(pen, element, style);
      drawContent(pen, element, '::before', seen);
    }
    const own = limitOf(element, style) ?? limit;
    for (const child of inOrder(element)) {
      if (child instanceof Text) {
        if (isVisible) {
          drawText(pen, child, style, seen, own);
        }
      } else {
        drawElement(pen, child, seen, own);
      }
    }
    if (isVisible) {
      drawContent(pen, element, '::after', seen);
    }
    if (cuts) {
      pen.write('</g>');
    }
  }
}

/** What an element shows of what is in it; null when it cuts nothing off. */
function windowOf(
  element: HTMLElement,
  style: CSSStyleDeclaration
): IBox | null {
  if (
    style.overflow === 'visible' ||
    style.display === 'inline' ||
    style.display === 'contents'
  ) {
    return null;
  }
  const { left, top } = element.getBoundingClientRect();
  const [x, y] = [left + element.clientLeft, top + element.clientTop];
  return {
    left: x,
    top: y,
    right: x + element.clientWidth,
    bottom: y + element.clientHeight
  };
}

/** Whether anything has to be cut off; an ellipsis has done it already in a line. */
function overflows(element: HTMLElement, style: CSSStyleDeclaration): boolean {
  return (
    element.scrollHeight > element.clientHeight + 1 ||
    (element.scrollWidth > element.clientWidth &&
      style.textOverflow !== 'ellipsis')
  );
}

function limitOf(element: HTMLElement, style: CSSStyleDeclaration): Limit {
  return style.textOverflow === 'ellipsis' &&
    style.overflow !== 'visible' &&
    element.scrollWidth > element.clientWidth
    ? element.getBoundingClientRect().left +
        element.clientLeft +
        element.clientWidth -
        (parseFloat(style.paddingRight) || 0)
    : null;
}

/** What is in an element, in the order in which it is painted: what is taken out of the flow lies above. */
function inOrder(element: HTMLElement): (Element | Text)[] {
  const closed = element instanceof HTMLDetailsElement && !element.open;
  return [...element.childNodes]
    .filter(
      (node): node is Element | Text =>
        node instanceof Text ||
        (node instanceof Element && (!closed || node.localName === 'summary'))
    )
    .map(node => ({ node, level: levelOf(node) }))
    .sort((a, b) => a.level - b.level)
    .map(({ node }) => node);
}

function levelOf(node: Element | Text): number {
  if (node instanceof Text) {
    return 0;
  }
  const { position, zIndex } = getComputedStyle(node);
  const level = Number(zIndex) || 0;
  return position === 'static' ? 0 : level < 0 ? level : level + 1;
}

/** Shapes and words where the canvas can be painted again, its pixels where it cannot. */
function drawCanvas(pen: TextPen, canvas: HTMLCanvasElement): void {
  const box = canvas.getBoundingClientRect();
  const { width, height } = box;
  if (width <= 0 || height <= 0) {
    return;
  }
  const [x, y] = [pen.x(box.left), pen.y(box.top)];
  const paint = painterOf(canvas);
  if (!paint) {
    const address = escapeXml(canvas.toDataURL('image/png'));
    pen.write(
      `<image${boxOf(x, y, width, height)} preserveAspectRatio="none" xlink:href="${address}"/>`
    );
    return;
  }
  const renderer = new SvgRenderer(pen.defs, pen.tools);
  renderer.resize(width, height, pen.pixels);
  paint(renderer);
  const clip = pen.defs.clip(0, 0, width, height);
  pen.write(
    `<g transform="translate(${short(x)} ${short(y)})" clip-path="url(#${clip})">${renderer.toString()}</g>`
  );
}
