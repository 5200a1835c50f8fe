import { escapeXml } from './escape-xml';
import { parseColour } from './palette';

/** A number as short as a picture needs it: two decimals. */
export function short(n: number): string {
  const rounded = Math.round(n * 100) / 100;
  return String(Object.is(rounded, -0) ? 0 : rounded);
}

/**
 * The attributes for a CSS colour. Programs that draw slides know `#rrggbb` and
 * an opacity, but not `rgb(… / …)` or `color(…)`.
 *
 * @returns with a blank in front; `null` when nothing would be seen.
 */
export function paintOf(
  name: 'fill' | 'stroke' | 'stop',
  css: string
): string | null {
  const rgba = parseColour(css);
  if (!rgba || rgba[3] <= 0) {
    return null;
  }
  const hex = rgba
    .slice(0, 3)
    .map(v =>
      Math.round(Math.max(0, Math.min(255, v)))
        .toString(16)
        .padStart(2, '0')
    )
    .join('');
  const colour = name === 'stop' ? 'stop-color' : name;
  const opacity = rgba[3] < 1 ? ` ${name}-opacity="${short(rgba[3])}"` : '';
  return ` ${colour}="#${hex}"${opacity}`;
}

/** A box as attributes, with a blank in front. */
export function boxOf(x: number, y: number, w: number, h: number): string {
  return ` x="${short(x)}" y="${short(y)}" width="${short(w)}" height="${short(h)}"`;
}

/** A box as a part of a path. */
export function boxPath(x: number, y: number, w: number, h: number): string {
  return `M${short(x)} ${short(y)}h${short(w)}v${short(h)}h${short(-w)}z`;
}

/** A font as CSS and canvases write it, as attributes with a blank in front. */
export function fontOf(font: string): string {
  const [, slant, weight, size, family] =
    /^(?:(italic|oblique|normal)\s+)?(?:(\d+|bold|normal)\s+)?([\d.]+)px\s+(.+)$/s.exec(
      font.trim()
    ) ?? [];
  if (!size || !family) {
    return '';
  }
  // On another computer the font may be missing.
  const generic = /(serif|monospace|system-ui)"?$/.test(family)
    ? ''
    : /mono|code|courier/i.test(family)
      ? ', monospace'
      : ', sans-serif';
  return (
    ` font-family="${escapeXml(family + generic)}" font-size="${short(Number(size))}"` +
    (weight && weight !== '400' && weight !== 'normal'
      ? ` font-weight="${weight}"`
      : '') +
    (slant && slant !== 'normal' ? ` font-style="${slant}"` : '')
  );
}

/** What a document defines once and uses by name: clips, patterns, gradients. */
export class SvgDefs {
  private readonly ids = new Map<string, string>();
  private readonly parts: string[] = [];

  /**
   * The name of a definition, made when it is first needed.
   *
   * @param make - its element, given its id.
   */
  use(key: string, make: (id: string) => string): string {
    let id = this.ids.get(key);
    if (id === undefined) {
      id = `d${this.ids.size + 1}`;
      this.ids.set(key, id);
      this.parts.push(make(id));
    }
    return id;
  }

  /** A clip of a box, in the units of where it is used. */
  clip(x: number, y: number, w: number, h: number): string {
    const box = boxOf(x, y, Math.max(0, w), Math.max(0, h));
    return this.use(
      `clip${box}`,
      id => `<clipPath id="${id}"><rect${box}/></clipPath>`
    );
  }

  toString(): string {
    return this.parts.length > 0 ? `<defs>${this.parts.join('')}</defs>` : '';
  }
}
