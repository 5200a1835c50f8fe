import { readContent } from './css-values';
import { isSeen, overlap, type IBox, type Pen } from './picture-pen';
import type { PageTools } from './picture-tools';
import { escapeXml } from './escape-xml';
import { fontOf, paintOf, short } from './svg';

/** A pen whose tools know the page's fonts. */
export type TextPen = Pen & { readonly tools: PageTools };

/** Where a block cuts its words off with an ellipsis, in pixels of the window; null where it does not. */
export type Limit = number | null;

/** The font of an element as a canvas takes it. */
export function canvasFont(style: CSSStyleDeclaration): string {
  const { fontStyle, fontWeight, fontSize, fontFamily } = style;
  return `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
}

/** Draw the words of a text node, a line at a time. */
export function drawText(
  pen: TextPen,
  node: Text,
  style: CSSStyleDeclaration,
  clip: IBox,
  limit: Limit
): void {
  const keeps = style.whiteSpace.startsWith('pre');
  for (const [from, to] of linesOf(node)) {
    const [start, end] = keeps ? [from, to] : trimmed(node.data, from, to);
    const box = boxBetween(node, start, end);
    if (start >= end || !isSeen(overlap(box, clip))) {
      continue;
    }
    const words = (until: number): string => {
      const text = node.data.slice(start, until);
      return keeps ? text.replace(/[\r\n]+$/, '') : text.replace(/\s+/g, ' ');
    };
    if (limit === null || box.right <= limit + 0.5) {
      writeLine(pen, words(end), box, style);
      continue;
    }
    const room = limit - pen.tools.measure('…', canvasFont(style));
    const fits = lastFitting(start, end, at => {
      return boxBetween(node, start, at).right <= room;
    });
    if (box.left <= room || fits > start) {
      const right = fits > start ? boxBetween(node, start, fits).right : room;
      writeLine(pen, `${words(fits)}…`, { ...box, right }, style, false);
    }
  }
}

/** Draw what a style sheet writes before or after an element's words. */
export function drawContent(
  pen: TextPen,
  element: Element,
  where: '::before' | '::after',
  clip: IBox
): void {
  const style = getComputedStyle(element, where);
  const content = readContent(style.content);
  if (content.trim() === '' || style.display === 'none') {
    return;
  }
  const range = element.ownerDocument.createRange();
  range.selectNodeContents(element);
  const boxes = range.getClientRects();
  const beside = where === '::before' ? boxes[0] : boxes[boxes.length - 1];
  if (!beside) {
    return;
  }
  const font = canvasFont(style);
  const wide = pen.tools.measure(content, font);
  const taken =
    (style.display === 'inline-block' && parseFloat(style.width)) || wide;
  const gap = parseFloat(style.marginInlineEnd) || 0;
  const left = where === '::before' ? beside.left - gap - taken : beside.right;
  const { top, bottom } = beside;
  // A blank at either end is room, not ink.
  const blank = content.length - content.trimStart().length;
  const shift = pen.tools.measure(content.slice(0, blank), font);
  const box = { left: left + shift, top, right: left + wide, bottom };
  if (isSeen(overlap(box, clip))) {
    writeLine(pen, content.trim(), box, style, false);
  }
}

/** Draw the mark of a list's item or of what can be unfolded. */
export function drawMarker(
  pen: TextPen,
  element: Element,
  style: CSSStyleDeclaration
): void {
  const glyph = {
    disc: '•',
    'disclosure-open': '▾',
    'disclosure-closed': '▸'
  }[style.listStyleType];
  const range = element.ownerDocument.createRange();
  range.selectNodeContents(element);
  const first = range.getClientRects()[0];
  if (style.display === 'list-item' && glyph && first) {
    const wide = pen.tools.measure(`${glyph} `, canvasFont(style));
    const left = first.left - wide - 2;
    const { top, bottom } = first;
    const box = { left, top, right: first.left, bottom };
    writeLine(pen, glyph, box, style, false);
  }
}

/** Draw what stands in a field: its value, or the words that wait for one. */
export function drawField(
  pen: TextPen,
  field: HTMLInputElement,
  style: CSSStyleDeclaration,
  box: IBox
): void {
  const text = field.value || field.placeholder;
  const look = field.value ? style : getComputedStyle(field, '::placeholder');
  const font = canvasFont(style);
  const side = (name: string): number =>
    parseFloat(style.getPropertyValue(name)) || 0;
  const left = box.left + side('border-left-width') + side('padding-left');
  const right = box.right - side('border-right-width') - side('padding-right');
  const size = parseFloat(style.fontSize);
  const middle = (box.top + box.bottom) / 2;
  // As high as a line of it: the base line follows from that.
  const line = {
    left,
    top: middle - size * 0.6,
    right: left + pen.tools.measure(text, font),
    bottom: middle + size * 0.6
  };
  pen.clip({ left, top: box.top, right, bottom: box.bottom });
  writeLine(pen, text, line, style, false, look.color);
  pen.write('</g>');
}

/** Write words into a box that is as high as their line. */
function writeLine(
  pen: TextPen,
  text: string,
  box: IBox,
  style: CSSStyleDeclaration,
  keepsWidth = true,
  colour = style.color
): void {
  const paint = paintOf('fill', colour);
  if (text === '' || !paint) {
    return;
  }
  const font = canvasFont(style);
  const share = pen.tools.ascentShare(font);
  const y = pen.y(box.top + (box.bottom - box.top) * share);
  const x = box.left - pen.box.left;
  const width = box.right - box.left;
  pen.write(
    `<text x="${short(x)}" y="${short(y)}"${fontOf(font)}${paint}` +
      (/^\s|\s\s|\s$/.test(text) ? ' xml:space="preserve"' : '') +
      // Where the font is missing, another one takes the same room.
      (keepsWidth && text.length > 3 ? ` textLength="${short(width)}"` : '') +
      `>${escapeXml(text)}</text>`
  );
}

/** Where the lines of a text node begin and end, as places in its data. */
function linesOf(node: Text): (readonly [number, number])[] {
  const { length } = node.data;
  const range = node.ownerDocument.createRange();
  range.selectNodeContents(node);
  const boxes = [...range.getClientRects()];
  const first = boxes[0];
  if (!first) {
    return [];
  }
  if (boxes.every(box => Math.abs(box.top - first.top) < 2)) {
    return [[0, length]];
  }
  const lines: [number, number][] = [];
  let top = NaN;
  for (let i = 0; i < length; i++) {
    range.setStart(node, i);
    range.setEnd(node, i + 1);
    const box = range.getClientRects()[0];
    const line = lines[lines.length - 1];
    if (line && (!box || !(Math.abs(box.top - top) >= 2))) {
      line[1] = i + 1;
    } else if (box) {
      lines.push([i, i + 1]);
      top = box.top;
    }
  }
  return lines;
}

/** Without the blanks at the ends, which a line does not show. */
export function trimmed(
  text: string,
  from: number,
  to: number
): readonly [number, number] {
  const part = text.slice(from, to);
  return [
    from + part.length - part.trimStart().length,
    to - part.length + part.trimEnd().length
  ];
}

/** The last place from which on something no longer fits, found by halving. */
export function lastFitting(
  start: number,
  end: number,
  fits: (at: number) => boolean
): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

function boxBetween(node: Text, start: number, end: number): IBox {
  const range = node.ownerDocument.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  // A plain object: what a `DOMRect` has is not copied with it.
  const { left, top, right, bottom } = range.getBoundingClientRect();
  return { left, top, right, bottom };
}
