import { contrast, type Rgba } from './palette';
import { colourRamp, lightness, pixelWord, RAMP_STEPS, rgbText } from './ramp';

const white: Rgba = [255, 255, 255, 1];
const black: Rgba = [0, 0, 0, 1];
const themes: readonly [string, Rgba, Rgba, Rgba, number][] = [
  ['light', white, [28, 108, 179, 1], black, 0.12],
  ['dark', [17, 17, 17, 1], [90, 162, 240, 1], white, 0.12],
  ['high contrast', black, [90, 162, 240, 1], white, 0.3]
];

describe.each(themes)('%s', (_, paper, middle, ink, least) => {
  const ramp = colourRamp(paper, middle, ink, least);

  it('has a colour for every byte, in even steps of lightness', () => {
    expect(ramp).toHaveLength(RAMP_STEPS);
    const steps = ramp.map(lightness);
    const each = (steps[RAMP_STEPS - 1]! - steps[0]!) / (RAMP_STEPS - 1);
    for (let i = 1; i < RAMP_STEPS; i++) {
      // A colour that no screen has is cut to one that it has.
      expect(Math.abs(steps[i]! - steps[i - 1]! - each)).toBeLessThan(0.006);
    }
  });

  it('tells the least from nothing and the most from the page', () => {
    expect(Math.abs(lightness(ramp[0]!) - lightness(paper))).toBeGreaterThan(
      0.05
    );
    expect(contrast(ramp[RAMP_STEPS - 1]!, paper)).toBeGreaterThan(7);
  });
});

it('writes colours as pixels and as text', () => {
  expect(pixelWord([1, 2, 3, 1])).toBe(0xff030201);
  expect(rgbText([0.6, 2, 255, 1])).toBe('rgb(1, 2, 255)');
  expect(lightness('#ffffff')).toBeCloseTo(1, 3);
  expect(lightness('none')).toBe(0);
});
