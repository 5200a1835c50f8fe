/** A pen that only measures; null where there is no canvas. */
let pen: OffscreenCanvasRenderingContext2D | null | undefined;
const widths = new Map<string, number>();
/** So many widths are kept; plans of one page rarely have more words. */
const MOST_KEPT = 5000;

function widthOf(text: string, font: string): number {
  const key = `${font}|${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (pen === undefined) {
      pen =
        typeof OffscreenCanvas === 'undefined'
          ? null
          : new OffscreenCanvas(1, 1).getContext('2d');
    }
    if (pen) {
      pen.font = font;
      width = pen.measureText(text).width;
    } else {
      width =
        text.length * (parseFloat(/([\d.]+)px/.exec(font)?.[1] ?? '12') * 0.55);
    }
    if (widths.size >= MOST_KEPT) {
      widths.clear();
    }
    widths.set(key, width);
  }
  return width;
}

/** As much of a text as fits, with an ellipsis where it is cut: SVG cuts nothing itself. */
export function fitText(text: string, widthPx: number, font: string): string {
  if (widthOf(text, font) <= widthPx) {
    return text;
  }
  let [least, most] = [0, text.length];
  while (least < most) {
    const middle = (least + most + 1) >> 1;
    if (widthOf(`${text.slice(0, middle)}…`, font) <= widthPx) {
      least = middle;
    } else {
      most = middle - 1;
    }
  }
  return `${text.slice(0, least).trimEnd()}…`;
}
