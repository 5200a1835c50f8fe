import { canvasFont } from './picture-text';
import type { Pen } from './picture-pen';
import { escapeXml } from './escape-xml';
import { fontOf, paintOf, short } from './svg';

/** What is copied of an inline SVG; all else (links, scripts, styles, references) stays behind. */
const ELEMENTS = new Set([
  'g',
  'path',
  'rect',
  'circle',
  'ellipse',
  'line',
  'polyline',
  'polygon',
  'text',
  'tspan'
]);
const GEOMETRY = [
  ...['d', 'x', 'y', 'width', 'height', 'cx', 'cy', 'r', 'rx', 'ry'],
  ...['x1', 'y1', 'x2', 'y2', 'points', 'transform', 'text-anchor']
];
/** Properties, and what they are when nobody says anything. */
const LOOKS = [
  ['stroke-width', '1px'],
  ['stroke-dasharray', 'none'],
  ['stroke-linecap', 'butt'],
  ['stroke-linejoin', 'miter'],
  ['fill-rule', 'nonzero'],
  ['opacity', '1']
] as const;

/** Draw an SVG that stands in the page, with the looks that style sheets give it. */
export function drawShapes(pen: Pen, svg: SVGSVGElement): void {
  const at = svg.getScreenCTM();
  if (!at) {
    return;
  }
  const [dx, dy] = [at.e - pen.box.left, at.f - pen.box.top];
  const matrix = [at.a, at.b, at.c, at.d, dx, dy].map(short).join(' ');
  pen.write(`<g transform="matrix(${matrix})">`);
  [...svg.children].forEach(child => pen.write(shapeOf(child)));
  pen.write('</g>');
}

function shapeOf(element: Element): string {
  const name = element.localName;
  const style = getComputedStyle(element);
  if (!ELEMENTS.has(name) || style.display === 'none') {
    return '';
  }
  const geometry = GEOMETRY.map(attribute => {
    const value = element.getAttribute(attribute);
    return value === null ? '' : ` ${attribute}="${escapeXml(value)}"`;
  });
  const looks = LOOKS.map(([property, usual]) => {
    const value = style.getPropertyValue(property);
    return value === '' || value === usual
      ? ''
      : ` ${property}="${escapeXml(value.replaceAll('px', ''))}"`;
  });
  const isText = name === 'text' || name === 'tspan';
  const paint =
    name === 'g'
      ? ''
      : (paintOf('fill', style.fill) ?? ' fill="none"') +
        (paintOf('stroke', style.stroke) ?? '') +
        (isText ? fontOf(canvasFont(style)) : '');
  const inside = [...element.childNodes]
    .map(child =>
      child instanceof Element
        ? shapeOf(child)
        : isText
          ? escapeXml(child.textContent ?? '')
          : ''
    )
    .join('');
  return `<${name}${geometry.join('')}${paint}${looks.join('')}>${inside}</${name}>`;
}
