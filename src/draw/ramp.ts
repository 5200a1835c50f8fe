import { parseColour, type Rgba } from './palette';

/** How many steps a ramp has: one for every value of a byte. */
export const RAMP_STEPS = 256;

/** A colour in OKLab: lightness 0–1, and two axes of hue. */
type Lab = readonly [number, number, number];

/**
 * Colours of one hue from the page's colour over a middle to the ink's side, in even steps of lightness as the eye sees it (OKLab:
 * Björn Ottosson, "A perceptual color space for image processing", 2020).
 *
 * @param paper - of the page.
 * @param middle - whose hue the ramp has.
 * @param ink - of the text: the end keeps a little of the middle's hue.
 * @param least - how far from the paper the first step is, 0–1: the least there is must be told from nothing.
 */
export function colourRamp(
  paper: Rgba,
  middle: Rgba,
  ink: Rgba,
  least: number
): Rgba[] {
  const [from, over] = [toLab(paper), toLab(middle)];
  const end = mix(toLab(ink), over, 0.25);
  // Where the middle's lightness falls on the way.
  const turn = Math.max(
    0.2,
    Math.min(0.8, (over[0] - from[0]) / (end[0] - from[0]))
  );
  return Array.from({ length: RAMP_STEPS }, (_, step) => {
    const at = least + (1 - least) * (step / (RAMP_STEPS - 1));
    const lab =
      at <= turn
        ? mix(from, over, at / turn)
        : mix(over, end, (at - turn) / (1 - turn));
    // Lightness is even from end to end; only the hue bends at the middle.
    return toRgb([from[0] + at * (end[0] - from[0]), lab[1], lab[2]]);
  });
}

/** A colour as a word of pixels: RGBA from the lowest byte up. */
export function pixelWord([r, g, b]: Rgba): number {
  return (
    ((255 << 24) |
      (Math.round(b) << 16) |
      (Math.round(g) << 8) |
      Math.round(r)) >>>
    0
  );
}

/** A colour in words. */
export function rgbText([r, g, b]: Rgba): string {
  return `rgb(${Math.round(r)}, ${Math.round(g)}, ${Math.round(b)})`;
}

/** A colour's lightness as the eye sees it, 0 (black) to 1 (white). */
export function lightness(colour: Rgba | string): number {
  const rgba = typeof colour === 'string' ? parseColour(colour) : colour;
  return rgba ? toLab(rgba)[0] : 0;
}

function mix(a: Lab, b: Lab, t: number): Lab {
  return [
    a[0] + (b[0] - a[0]) * t,
    a[1] + (b[1] - a[1]) * t,
    a[2] + (b[2] - a[2]) * t
  ];
}

function toLab(colour: Rgba): Lab {
  const [r, g, b] = [colour[0], colour[1], colour[2]].map(value => {
    const s = value / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  ];
}

function toRgb([lightness, a, b]: Lab): Rgba {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
  ];
  const [red, green, blue] = linear.map(value => {
    const v = Math.max(0, Math.min(1, value));
    return 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
  }) as [number, number, number];
  return [red, green, blue, 1];
}
