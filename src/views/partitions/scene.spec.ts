import { sortByValues } from '../../analysis/task-order';
import { measure } from '../../analysis/partitions-verdict';
import { PHASE_NAMES, STATE_NAMES } from '../../draw/palette';
import { SvgDefs } from '../../draw/svg';
import { SvgRenderer } from '../../draw/svg-renderer';
import type { IColour, ITheme } from '../../draw/theme';
import { plainWords } from '../../draw/words';
import { modelOf } from '../../model/fixtures/models';
import { layOutBars, spread } from './layout';
import { axisLabels, drawBars, lineLabels, type IBarsState } from './scene';
import { valueWords } from './words';

const colour = (css: string): IColour => ({
  css,
  rgba: [28, 108, 179, 1],
  ink: '#ffffff'
});
const named = (names: readonly string[], css: string) =>
  Object.fromEntries(names.map(name => [name, colour(css)]));
const theme = {
  isHighContrast: false,
  leastAlpha: 0.3,
  gap: 1,
  phases: named(PHASE_NAMES, '#1c6cb3'),
  states: named(STATE_NAMES, '#b3201f'),
  ...named(['paper', 'surface', 'border', 'ink', 'inkSoft'], '#111111'),
  grid: '#eeeeee',
  fontSmall: '11px x',
  fontSmallPx: 11
} as unknown as ITheme;

const application = modelOf('skewed-4.3');

function picture(key: string, more: Partial<IBarsState> = {}): string {
  const stage = application.stages.get(key)!;
  const measured = measure(application, stage, 'rowsIn', application.now);
  const range = { from: 0, to: measured.partitions.count };
  const renderer = new SvgRenderer(new SvgDefs(), {
    measure: text => text.length * 6,
    baseline: () => 4,
    colour: css => css,
    image: () => ''
  });
  renderer.resize(800, 150, 1);
  drawBars(renderer, {
    measured,
    order: null,
    range,
    layout: layOutBars({
      width: 800,
      height: 150,
      fontPx: 11,
      axisWidth: 40,
      linesWidth: 80,
      executors: 1,
      range
    }),
    lanes: [],
    theme,
    trans: plainWords,
    ...more
  });
  return renderer.toString();
}

/** Words of a picture, in the order in which they are drawn. */
const wordsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(match => match[1]!);

it('names the largest partition above its bar, and says what the lines are', () => {
  const words = wordsOf(picture('2.0'));
  expect(words).toContain(
    `partition 5: ${valueWords(
      'rowsIn',
      measure(
        application,
        application.stages.get('2.0')!,
        'rowsIn',
        application.now
      ).skew.max
    )}`
  );
  expect(words.some(each => /^max, p95 4\d,\d{3}$/.test(each))).toBe(true);
  expect(words.some(each => /^median \d,\d{3}$/.test(each))).toBe(true);
  // Eight bars are wide enough for their numbers.
  expect(words).toEqual(expect.arrayContaining(['0', '1', '7']));
});

it('stands in the order of size when asked', () => {
  const stage = application.stages.get('2.0')!;
  const { values } = measure(application, stage, 'rowsIn', application.now);
  const places = Int32Array.from(values, (_, i) => i);
  const order = sortByValues(places, values, true);
  expect(order[0]).toBe(5);
  const names = wordsOf(picture('2.0', { order })).filter(each =>
    /^\d$/.test(each)
  );
  expect(names).toEqual([...order].map(String));
});

it('has few, round labels with their units', () => {
  const measured = (metric: 'timeMs' | 'shuffleReadBytes') =>
    measure(
      application,
      application.stages.get('2.0')!,
      metric,
      application.now
    );
  for (const metric of ['timeMs', 'shuffleReadBytes'] as const) {
    const ticks = axisLabels(measured(metric));
    expect(ticks.length).toBeGreaterThan(0);
    expect(ticks.length).toBeLessThan(5);
    expect(valueWords(metric, ticks[0]!)).toMatch(/ (ms|s|B|KiB)$/);
    expect(lineLabels(measured(metric), plainWords)[0]!.words).toMatch(/^max/);
  }
});

it('leaves room for lanes only where there are several executors', () => {
  const room = {
    width: 800,
    height: 150,
    fontPx: 11,
    axisWidth: 40,
    linesWidth: 80,
    range: { from: 0, to: 1000 }
  };
  const one = layOutBars({ ...room, executors: 1 });
  const many = layOutBars({ ...room, executors: 50 });
  expect(one.lanes).toBe(0);
  expect(many.lanes).toBe(8);
  expect(many.height).toBeLessThan(one.height);
  expect(many.laneTop + many.lanes * many.lanePitch).toBeLessThan(many.labels);
  const two = layOutBars({ ...room, executors: 1, range: { from: 0, to: 2 } });
  expect(two.used).toBeLessThan(200);
});

it('pushes labels apart within their bounds', () => {
  expect(spread([10, 11, 90], 12, 6, 95)).toEqual([10, 22, 90]);
  expect(spread([94, 95, 95], 12, 6, 95)).toEqual([71, 83, 95]);
  expect(spread([0], 12, 6, 95)).toEqual([6]);
});
