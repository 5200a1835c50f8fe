import {
  lengthOf,
  readGradient,
  readShadows,
  singleColour,
  splitValue
} from './css-values';
import { overlap, type IBox, type Pen } from './picture-pen';
import { boxOf, boxPath, paintOf, short } from './svg';

interface IEdges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Draw what lies behind an element's words: shadows, backgrounds, borders. */
export function drawBox(pen: Pen, box: IBox, style: CSSStyleDeclaration): void {
  const radius = parseFloat(style.borderTopLeftRadius) || 0;
  const border: IEdges = {
    left: parseFloat(style.borderLeftWidth) || 0,
    top: parseFloat(style.borderTopWidth) || 0,
    right: parseFloat(style.borderRightWidth) || 0,
    bottom: parseFloat(style.borderBottomWidth) || 0
  };
  const shadows = readShadows(style.boxShadow);
  for (const { inset, colour, x, y, spread } of shadows) {
    if (!inset) {
      const paint = paintOf('fill', colour) ?? '';
      const outer = grown(box, spread);
      // A frame, not a plate: what is above may be transparent.
      pen.write(
        `<path fill-rule="evenodd"${paint} d="${path(pen, moved(outer, x, y))}${path(pen, box)}"/>`
      );
    }
  }
  const colour = paintOf('fill', style.backgroundColor);
  if (colour) {
    pen.write(rect(pen, box, radius, colour));
  }
  drawImages(pen, box, border, radius, style);
  for (const { inset, colour: ink, x, y, spread } of shadows) {
    if (inset) {
      const inner = shrunk(box, border);
      const hole = moved(grown(inner, -spread), x, y);
      const paint = paintOf('fill', ink) ?? '';
      pen.write(
        `<path fill-rule="evenodd"${paint} d="${path(pen, inner)}${path(pen, overlap(inner, hole))}"/>`
      );
    }
  }
  drawBorder(pen, box, border, radius, style);
}

/** The background's gradients; the first is the topmost. */
function drawImages(
  pen: Pen,
  box: IBox,
  border: IEdges,
  radius: number,
  style: CSSStyleDeclaration
): void {
  const images = splitValue(style.backgroundImage, ',');
  const layer = (values: string, i: number): string => {
    const list = splitValue(values, ',');
    return list[i % Math.max(1, list.length)] ?? '';
  };
  const parts: string[] = [];
  const opaque: IBox[] = [];
  for (let i = 0; i < images.length; i++) {
    const origin = layer(style.backgroundOrigin, i);
    const area = origin === 'border-box' ? box : shrunk(box, border);
    const [w, h] = [area.right - area.left, area.bottom - area.top];
    const [wide, high] = splitValue(layer(style.backgroundSize, i), ' ');
    const width = lengthOf(wide ?? 'auto', w) ?? w;
    const height = lengthOf(high ?? 'auto', h) ?? h;
    const [px, py] = splitValue(layer(style.backgroundPosition, i), ' ');
    const left = area.left + (lengthOf(px ?? '0', w - width) ?? 0);
    const top = area.top + (lengthOf(py ?? '0', h - height) ?? 0);
    // Without `no-repeat` our style sheets have images of the whole box only.
    const tile = { left, top, right: left + width, bottom: top + height };
    const gradient = readGradient(images[i] ?? '', width, height);
    if (
      !gradient ||
      width <= 0 ||
      height <= 0 ||
      // It would shimmer through at the edges when the picture is scaled.
      opaque.some(above => isInside(tile, above))
    ) {
      continue;
    }
    const single = singleColour(gradient);
    if (single !== null) {
      const paint = paintOf('fill', inkOf(single, style));
      if (paint) {
        parts.unshift(rect(pen, tile, width === w ? radius : 0, paint));
        if (!paint.includes('opacity')) {
          opaque.push(tile);
        }
      }
      continue;
    }
    const [x, y] = [pen.x(tile.left), pen.y(tile.top)];
    const { from, to, repeats, stops } = gradient;
    const line =
      ` x1="${short(x + from[0])}" y1="${short(y + from[1])}"` +
      ` x2="${short(x + to[0])}" y2="${short(y + to[1])}"`;
    const colours = stops
      .map(
        ({ colour, at }) =>
          `<stop offset="${String(Math.round(at * 10000) / 10000)}"${paintOf('stop', inkOf(colour, style)) ?? ' stop-color="#000000" stop-opacity="0"'}/>`
      )
      .join('');
    const id = pen.defs.use(
      `gradient${line} ${repeats} ${colours}`,
      name =>
        `<linearGradient id="${name}" gradientUnits="userSpaceOnUse"${line}` +
        `${repeats ? ' spreadMethod="repeat"' : ''}>${colours}</linearGradient>`
    );
    parts.unshift(rect(pen, tile, radius, ` fill="url(#${id})"`));
  }
  parts.forEach(part => pen.write(part));
}

function isInside(box: IBox, other: IBox): boolean {
  return (
    box.left >= other.left &&
    box.top >= other.top &&
    box.right <= other.right &&
    box.bottom <= other.bottom
  );
}

function inkOf(colour: string, style: CSSStyleDeclaration): string {
  return colour.toLowerCase() === 'currentcolor' ? style.color : colour;
}

/** A frame that is the same all round is a line; otherwise each side is a bar of its own. */
function drawBorder(
  pen: Pen,
  box: IBox,
  border: IEdges,
  radius: number,
  style: CSSStyleDeclaration
): void {
  const seen = SIDES.map(side => ({
    side,
    width: border[side],
    line: style.getPropertyValue(`border-${side}-style`),
    colour: style.getPropertyValue(`border-${side}-color`)
  })).filter(({ width, line }) => width > 0 && line !== 'none');
  const looks = new Set(seen.map(s => `${s.width} ${s.line} ${s.colour}`));
  const first = seen[0];
  if (first && seen.length === 4 && looks.size === 1) {
    const { width, line, colour } = first;
    const stroke = paintOf('stroke', colour);
    // As long as Chromium draws them.
    const dash = (width >= 3 ? 2 : 3) * width;
    if (stroke) {
      const look =
        ` fill="none"${stroke} stroke-width="${short(width)}"` +
        (line === 'dashed' ? ` stroke-dasharray="${dash}"` : '');
      const middle = grown(onPixels(pen, box), -width / 2);
      const round = Math.max(0, radius - width / 2);
      pen.write(rect(pen, middle, round, look, false));
    }
    return;
  }
  for (const { side, width, colour } of seen) {
    const fill = paintOf('fill', colour);
    if (fill) {
      pen.write(rect(pen, sideOf(box, side, width), 0, fill));
    }
  }
}

const SIDES = ['top', 'right', 'bottom', 'left'] as const;

/** The bar along one side of a box. */
export function sideOf(
  box: IBox,
  side: (typeof SIDES)[number],
  width: number
): IBox {
  switch (side) {
    case 'top':
      return { ...plain(box), bottom: box.top + width };
    case 'right':
      return { ...plain(box), left: box.right - width };
    case 'bottom':
      return { ...plain(box), top: box.bottom - width };
    case 'left':
      return { ...plain(box), right: box.left + width };
  }
}

/** What a `DOMRect` has is not copied with it. */
function plain({ left, top, right, bottom }: IBox): IBox {
  return { left, top, right, bottom };
}

function rect(
  pen: Pen,
  box: IBox,
  radius: number,
  paint: string,
  snaps = true
): string {
  const { left, top, right, bottom } = snaps ? onPixels(pen, box) : box;
  const [w, h] = [right - left, bottom - top];
  const round = Math.min(radius, w / 2, h / 2);
  return (
    `<rect${boxOf(left - pen.box.left, top - pen.box.top, w, h)}` +
    `${round > 0 ? ` rx="${short(round)}"` : ''}${paint}/>`
  );
}

function path(pen: Pen, box: IBox): string {
  const { left, top, right, bottom } = onPixels(pen, box);
  const [w, h] = [Math.max(0, right - left), Math.max(0, bottom - top)];
  return boxPath(left - pen.box.left, top - pen.box.top, w, h);
}

function onPixels(pen: Pen, box: IBox): IBox {
  return {
    left: pen.snap(box.left),
    top: pen.snap(box.top),
    right: pen.snap(box.right),
    bottom: pen.snap(box.bottom)
  };
}

function grown(box: IBox, by: number): IBox {
  return shrunk(box, { left: -by, top: -by, right: -by, bottom: -by });
}

function shrunk(box: IBox, by: IEdges): IBox {
  return {
    left: box.left + by.left,
    top: box.top + by.top,
    right: box.right - by.right,
    bottom: box.bottom - by.bottom
  };
}

function moved(box: IBox, x: number, y: number): IBox {
  return shrunk(box, { left: x, top: y, right: -x, bottom: -y });
}
