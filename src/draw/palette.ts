/**
 * The names of our colours. The colours stand in `style/palette.css`, once a
 * theme; the checks on them (contrast, colour blindness) are its header.
 */

/** A task's phases in the order in which they happen, which is Spark's. */
export const PHASE_NAMES = [
  'scheduler-delay',
  'deserialisation',
  'shuffle-read',
  'compute',
  'shuffle-write',
  'result-serialisation',
  'getting-result'
] as const;

export type PhaseName = (typeof PHASE_NAMES)[number];

/** Task states, in the order in which every view lists them. */
export const STATE_NAMES = [
  'running',
  'succeeded',
  'failed',
  'killed',
  'speculative',
  'pending'
] as const;

export type StateName = (typeof STATE_NAMES)[number];

/** Curves: what batch and what streaming training did. */
export const CURVE_NAMES = ['batch', 'streaming'] as const;

export type CurveName = (typeof CURVE_NAMES)[number];

/** The CSS variable of a phase's colour. */
export function phaseVariable(phase: PhaseName): string {
  return `--jp-sparkglass-phase-${phase}`;
}

/** The CSS variable of a state's colour. */
export function stateVariable(state: StateName): string {
  return `--jp-sparkglass-state-${state}`;
}

/** The CSS variable of a curve's colour. */
export function curveVariable(curve: CurveName): string {
  return `--jp-sparkglass-curve-${curve}`;
}

/** A colour as red, green, blue (0–255) and alpha (0–1). */
export type Rgba = readonly [number, number, number, number];

/**
 * Read `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb(…)`, `rgba(…)` and `color(srgb …)`: what a
 * theme's variables and computed styles hold. Anything else is null.
 */
export function parseColour(text: string): Rgba | null {
  const value = text.trim().toLowerCase();
  const hex = /^#([0-9a-f]{3,8})$/.exec(value)?.[1];
  if (hex && hex.length !== 5 && hex.length !== 7) {
    const short = hex.length < 6;
    const at = (i: number): number =>
      short
        ? parseInt(hex.charAt(i).repeat(2), 16)
        : parseInt(hex.slice(2 * i, 2 * i + 2), 16);
    const hasAlpha = hex.length === 4 || hex.length === 8;
    return [at(0), at(1), at(2), hasAlpha ? at(3) / 255 : 1];
  }
  // What `color-mix` comes to.
  const parts = /^color\(srgb ([^)]+)\)$/.exec(value)?.[1]?.match(/[\d.]+/g);
  if (parts && parts.length >= 3) {
    const [r, g, b, alpha] = parts.map(Number);
    return [r! * 255, g! * 255, b! * 255, alpha ?? 1];
  }
  const numbers = /^rgba?\(([^)]+)\)$/.exec(value)?.[1]?.match(/[\d.]+%?/g);
  if (numbers && numbers.length >= 3) {
    const parts = numbers.map(n =>
      n.endsWith('%') ? parseFloat(n) / 100 : Number(n)
    );
    return [parts[0]!, parts[1]!, parts[2]!, parts[3] ?? 1];
  }
  return null;
}

/** WCAG 2 relative luminance of a colour, 0 (black) to 1 (white). */
export function luminance([r, g, b]: Rgba): number {
  const part = (v: number): number => {
    const s = v / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
}

/** WCAG 2 contrast of two colours, 1 to 21. */
export function contrast(a: Rgba, b: Rgba): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** Black or white, whichever reads better on a colour. */
export function inkOn(background: Rgba): '#111111' | '#ffffff' {
  const dark = contrast(background, [17, 17, 17, 1]);
  const light = contrast(background, [255, 255, 255, 1]);
  return dark >= light ? '#111111' : '#ffffff';
}
