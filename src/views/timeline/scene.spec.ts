import { batchesOfLog } from '../../events';
import { linesOf } from '../../model/fixtures/read.cjs';
import { Session, TaskState, type Application } from '../../model';
import { stageBands } from '../../analysis/stage-bands';
import { PHASE_COUNT } from '../../analysis/phases';
import { TimelineLanes } from '../../analysis/timeline-lanes';
import { PHASE_NAMES, STATE_NAMES } from '../../draw/palette';
import { Pattern, type IBarColumns, type IRenderer } from '../../draw/renderer';
import type { IColour, ITheme } from '../../draw/theme';
import { TimeScale } from '../../draw/time-scale';
import { plainWords } from '../../draw/words';
import { BarFill } from './bars';
import { findTask, placeOf } from './find-task';
import { layoutTimeline } from './layout';
import { TimelineScene } from './scene';

const colour = (css: string): IColour => ({
  css,
  rgba: [1, 2, 3, 1],
  ink: '#fff'
});
const named = <T extends string>(names: readonly T[]): Record<T, IColour> =>
  Object.fromEntries(names.map(name => [name, colour(name)])) as Record<
    T,
    IColour
  >;

const theme = {
  isLight: true,
  isHighContrast: false,
  leastAlpha: 0.3,
  gap: 1,
  phases: named(PHASE_NAMES),
  states: named(STATE_NAMES),
  ...named(['paper', 'surface', 'border', 'ink', 'inkSoft', 'accent']),
  grid: 'grid',
  font: '13px x',
  fontSmall: '11px x',
  fontSmallPx: 11
} as unknown as ITheme;

/** A bar as it was drawn, copied out of the columns. */
interface IBar {
  start: number;
  end: number;
  row: number;
  fill: number;
  pattern: number;
}

/** Writes down what it is asked to draw. */
class Notes implements IRenderer {
  readonly width = 1000;
  readonly height = 200;
  readonly ratio = 1;
  bars_: IBar[] = [];
  texts: string[] = [];
  images = 0;
  resize(): void {}
  clear(): void {
    this.bars_ = [];
    this.texts = [];
  }
  clip(): void {}
  unclip(): void {}
  bars(bars: IBarColumns): void {
    for (let i = 0; i < bars.count; i++) {
      this.bars_.push({
        start: bars.starts[i]!,
        end: bars.ends[i]!,
        row: bars.rows[i]!,
        fill: bars.fills[i]!,
        pattern: bars.patterns[i]!
      });
    }
  }
  pixelRows(): void {
    this.images++;
  }
  threads(): void {}
  ribbon(): void {}
  fill(): void {}
  outline(): void {}
  text(text: string): void {
    this.texts.push(text);
  }
  measure(text: string): number {
    return text.length * 6;
  }
}

function draw(
  name: string,
  options: {
    from?: number;
    to?: number;
    stageKey?: string;
    scene?: TimelineScene;
  } = {}
): {
  notes: Notes;
  app: Application;
  lanes: TimelineLanes;
  scene: TimelineScene;
} {
  const session = new Session();
  batchesOfLog(linesOf(name)).forEach(batch => session.apply(batch));
  const app = session.latest!;
  const lanes = new TimelineLanes({ application: app, stages: null });
  lanes.update();
  const bands = stageBands(app.stageList, app.now);
  const layout = layoutTimeline({
    ...{ width: 1000, mostHeight: 200, lanes: lanes.lanes.length },
    ...{ bandRows: 1, labelWidth: 40, fontPx: 11 }
  });
  const from = options.from ?? lanes.from;
  const to = options.to ?? lanes.to;
  const notes = new Notes();
  const scene = new TimelineScene();
  scene.draw(notes, {
    ...{ application: app, lanes: lanes.lanes, bands, layout, theme },
    scale: new TimeScale({ from, to }, layout.plotWidth),
    ...{ scrollTop: 0, origin: lanes.from, now: app.now, isLive: false },
    ...{ revision: 1, trans: plainWords, stageKey: options.stageKey ?? null }
  });
  return { notes, app, lanes, scene };
}

it('draws a bar for every task of a small run, failed ones crossed, killed ones hatched', () => {
  const { notes, app, lanes } = draw('failures-4.3');
  expect(notes.images).toBe(0);
  const state = (wanted: number): number =>
    Array.from({ length: app.tasks.length }, (_, row) => row).filter(
      row => app.tasks.state[row] === wanted
    ).length;
  const failed = notes.bars_.filter(bar => bar.fill === BarFill.failed);
  expect(failed.length).toBe(state(TaskState.failed));
  expect(failed.every(bar => bar.pattern & Pattern.cross)).toBe(true);
  const killed = notes.bars_.filter(bar => bar.fill === BarFill.killed);
  expect(killed.length).toBe(state(TaskState.killed));
  expect(killed.every(bar => bar.pattern & Pattern.killed)).toBe(true);
  for (const bar of notes.bars_) {
    expect(bar.start).toBeGreaterThanOrEqual(lanes.from);
    expect(bar.end).toBeLessThanOrEqual(lanes.to);
  }
});

it('draws the phases of a task one after the other, within its bar', () => {
  const { notes, lanes } = draw('everyday-4.3');
  const { lane, i } = placeOf(lanes.lanes, lanes.lanes[0]!.rows[0]!)!;
  const columns = lanes.lanes[lane]!;
  const pieces = notes.bars_
    .filter(bar => bar.row === lane && bar.fill < PHASE_COUNT)
    .filter(
      bar => bar.start >= columns.starts[i]! && bar.end <= columns.ends[i]!
    )
    .sort((a, b) => a.start - b.start);
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.map(bar => bar.fill)).toEqual(
    pieces.map(bar => bar.fill).sort((a, b) => a - b)
  );
  pieces
    .slice(1)
    .forEach((bar, n) =>
      expect(bar.start).toBeGreaterThanOrEqual(pieces[n]!.end)
    );
});

it('outlines speculative copies', () => {
  const { notes } = draw('speculation-3.5');
  expect(notes.bars_.some(bar => bar.pattern & Pattern.outline)).toBe(true);
  expect(
    draw('everyday-4.3').notes.bars_.some(bar => bar.pattern & Pattern.outline)
  ).toBe(false);
});

it('fades all tasks but those of the stage in focus', () => {
  const { app } = draw('failures-4.3');
  const stage = app.stageList.find(s => s.rows.length > 0)!;
  const { notes } = draw('failures-4.3', { stageKey: stage.key });
  const bright = notes.bars_.filter(
    bar => !(bar.pattern & Pattern.faded) && bar.fill !== BarFill.none
  );
  const launches = Array.from(
    stage.rows.view(),
    row => app.tasks.launchTime[row]!
  );
  expect(bright.length).toBeGreaterThan(0);
  for (const bar of bright) {
    expect(bar.start).toBeGreaterThanOrEqual(Math.min(...launches));
  }
  expect(notes.bars_.some(bar => bar.pattern & Pattern.faded)).toBe(true);
});

it('labels cores, stages and the axis', () => {
  const { notes } = draw('failures-4.3');
  expect(notes.texts).toEqual(
    expect.arrayContaining(['core 1', 'core 2', '0'])
  );
  expect(notes.texts.some(text => /^(× )?Stage \d/.test(text))).toBe(true);
  expect(draw('speculation-3.5').notes.texts).toEqual(
    expect.arrayContaining(['executor 0', 'executor 1'])
  );
});

it('draws an image when tasks are too thin to be bars', () => {
  const { lanes } = draw('everyday-4.3');
  const wide = (lanes.to - lanes.from) * 500;
  const { notes, scene } = draw('everyday-4.3', { to: lanes.from + wide });
  expect(scene.isDetailed).toBe(false);
  expect(notes.images).toBe(1);
  expect(notes.bars_).toEqual([]);
});

it('finds the task under the pointer, or the many that share its pixel', () => {
  const { lanes } = draw('everyday-4.3');
  const lane = lanes.lanes.find(columns => columns.count > 4)!;
  const middle = (lane.starts[2]! + lane.ends[2]!) / 2;
  const near = new TimeScale(
    { from: lane.starts[2]!, to: lane.ends[2]! },
    1000
  );
  expect(findTask(lane, near, near.x(middle))).toEqual({
    lane,
    first: 2,
    last: 3
  });
  const far = new TimeScale(
    { from: lanes.from, to: lanes.from + (lanes.to - lanes.from) * 1000 },
    1000
  );
  const many = findTask(lane, far, far.x(middle))!;
  expect(many.last - many.first).toBeGreaterThan(1);
  expect(findTask(lane, near, near.x(lanes.to + 1e6))).toBeNull();
});
