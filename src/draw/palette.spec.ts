import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  contrast,
  CURVE_NAMES,
  curveVariable,
  inkOn,
  parseColour,
  PHASE_NAMES,
  phaseVariable,
  STATE_NAMES,
  stateVariable
} from './palette';

const css = readFileSync(join(__dirname, '../../style/palette.css'), 'utf8');

/** The variables of the block whose selector contains a text. */
function block(selector: string): Map<string, string> {
  const found = css.split('}').find(part => part.includes(selector));
  const pairs = found!.matchAll(/(--jp-sparkglass-[\w-]+):\s*([^;]+);/g);
  return new Map(Array.from(pairs, ([, name, value]) => [name!, value!]));
}

const themes = [
  { name: 'light', colours: block("'true'"), pages: ['#ffffff'] },
  { name: 'dark', colours: block("'false'"), pages: ['#111111', '#212121'] }
];
const variables = [
  ...PHASE_NAMES.map(phaseVariable),
  ...STATE_NAMES.map(stateVariable),
  ...CURVE_NAMES.map(curveVariable)
];

describe.each(themes)('the $name palette', ({ colours, pages }) => {
  it('has every colour, at 3:1 or more on its page (WCAG 1.4.11)', () => {
    for (const variable of variables) {
      const colour = parseColour(colours.get(variable) ?? '');
      expect([variable, colour]).not.toEqual([variable, null]);
      for (const page of pages) {
        const ratio = contrast(colour!, parseColour(page)!);
        expect([variable, ratio >= 3]).toEqual([variable, true]);
      }
    }
  });

  it('has a readable ink for text on every phase (4.5:1)', () => {
    for (const name of PHASE_NAMES) {
      const colour = parseColour(colours.get(phaseVariable(name))!)!;
      expect(contrast(colour, parseColour(inkOn(colour))!)).toBeGreaterThan(
        4.5
      );
    }
  });

  it('has seven different phases', () => {
    const shown = PHASE_NAMES.map(name => colours.get(phaseVariable(name)));
    expect(new Set(shown).size).toBe(7);
  });
});

it('says that the high-contrast theme is one', () => {
  expect(block('High Contrast').get('--jp-sparkglass-high-contrast')).toBe('1');
});

it.each([
  ['#fff', [255, 255, 255, 1]],
  [' #1c6cb3 ', [28, 108, 179, 1]],
  ['#11223380', [17, 34, 51, 128 / 255]],
  ['rgb(1, 2, 3)', [1, 2, 3, 1]],
  ['rgba(0, 0, 0, 0.54)', [0, 0, 0, 0.54]],
  ['rgb(0 0 0 / 8%)', [0, 0, 0, 0.08]],
  ['#12345', null],
  ['blue', null]
])('reads %p', (text, expected) => {
  expect(parseColour(text)).toEqual(expected);
});

it('measures contrast as WCAG defines it', () => {
  expect(contrast([0, 0, 0, 1], [255, 255, 255, 1])).toBeCloseTo(21, 9);
  expect(contrast([119, 119, 119, 1], [255, 255, 255, 1])).toBeCloseTo(4.48, 2);
});
