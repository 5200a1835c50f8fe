/** Split a computed value at its commas or blanks, but not inside brackets. */
export function splitValue(text: string, at: ',' | ' '): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const c of text) {
    depth += c === '(' ? 1 : c === ')' ? -1 : 0;
    if (c === at && depth === 0) {
      parts.push(part);
      part = '';
    } else {
      part += c;
    }
  }
  return [...parts, part].map(p => p.trim()).filter(p => p !== '');
}

/** A length or a share of a whole, both in CSS pixels; `auto` and what is not understood are null. */
export function lengthOf(text: string, whole: number): number | null {
  const found = /^(-?[\d.]+)(px|%)?$/.exec(text.trim());
  if (!found) {
    return null;
  }
  const n = Number(found[1]);
  return found[2] === '%' ? (n / 100) * whole : n;
}

/** A colour at a place on a gradient's line. */
export interface IStop {
  readonly colour: string;
  /** CSS pixels from the start of the line. */
  readonly at: number;
}

/** A gradient in a box, as SVG needs it. All lengths are CSS pixels, from the corner of the box. */
export interface IGradient {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly repeats: boolean;
  /** At places from 0 to 1 between `from` and `to`. */
  readonly stops: readonly IStop[];
}

/**
 * Read a `linear-gradient` or `repeating-linear-gradient` for a box of a size.
 *
 * @returns null for any other image.
 */
export function readGradient(
  image: string,
  width: number,
  height: number
): IGradient | null {
  const found = /^(repeating-)?linear-gradient\((.*)\)$/s.exec(image.trim());
  if (!found) {
    return null;
  }
  const parts = splitValue(found[2] ?? '', ',');
  const turn = /^(-?[\d.]+)deg$/.exec(parts[0] ?? '');
  if (turn) {
    parts.shift();
  }
  // CSS Images 3: the line goes through the middle, and is as long as it takes for the corners to have the outer colours.
  const angle = (Number(turn?.[1] ?? 180) * Math.PI) / 180;
  const [dx, dy] = [Math.sin(angle), -Math.cos(angle)];
  const length = Math.abs(width * dx) + Math.abs(height * dy);
  const stops = readStops(parts, length);
  const last = stops[stops.length - 1];
  if (!stops[0] || !last) {
    return null;
  }
  const repeats = found[1] !== undefined;
  const [begin, end] = repeats ? [stops[0].at, last.at] : [0, length];
  const span = end - begin || 1;
  const point = (along: number): [number, number] => [
    width / 2 + dx * (along - length / 2),
    height / 2 + dy * (along - length / 2)
  ];
  return {
    from: point(begin),
    to: point(end),
    repeats,
    stops: stops.map(({ colour, at }) => ({
      colour,
      at: Math.max(0, Math.min(1, (at - begin) / span))
    }))
  };
}

function readStops(parts: readonly string[], length: number): IStop[] {
  const stops: { colour: string; at: number | null }[] = [];
  for (const part of parts) {
    const words = splitValue(part, ' ');
    const places = words.map(word => lengthOf(word, length));
    const colour = words.filter((_, i) => places[i] === null).join(' ');
    const given = places.filter(place => place !== null);
    for (const at of given.length > 0 ? given : [null]) {
      stops.push({ colour, at });
    }
  }
  const last = stops.length - 1;
  return stops.map(({ colour, at }, i) => ({
    colour,
    // Those without a place lie evenly.
    at: at ?? (last > 0 ? (i / last) * length : 0)
  }));
}

/** The colour of an image that is one colour all over; null when it is more. */
export function singleColour(gradient: IGradient): string | null {
  const colours = new Set(gradient.stops.map(stop => stop.colour));
  return colours.size === 1 ? (gradient.stops[0]?.colour ?? null) : null;
}

/** A shadow without a blur: a ring, or a strip along an edge. */
export interface IShadow {
  readonly colour: string;
  readonly inset: boolean;
  readonly x: number;
  readonly y: number;
  readonly spread: number;
}

/** Read a computed `box-shadow`; blurred ones, which only float above a page, are left out. */
export function readShadows(text: string): IShadow[] {
  return splitValue(text, ',').flatMap(shadow => {
    const words = splitValue(shadow, ' ');
    const lengths = words
      .map(word => lengthOf(word, 0))
      .filter(n => n !== null);
    const colour = words.find(
      word => lengthOf(word, 0) === null && word !== 'inset'
    );
    const [x = 0, y = 0, blur = 0, spread = 0] = lengths;
    return colour && colour !== 'none' && blur === 0
      ? [{ colour, inset: words.includes('inset'), x, y, spread }]
      : [];
  });
}

/** What `content` of a pseudo-element says; empty when it is no text. */
export function readContent(text: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? '';
  return quoted.replace(/\\(.)/g, '$1');
}
