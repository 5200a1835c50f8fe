/** @jest-environment jsdom */
import { render } from 'preact';
import { applicationScope } from '../../analysis/scope';
import { stageRows } from '../../analysis/stage-table';
import { plainWords } from '../../draw/words';
import { batchesOfLog } from '../../events';
import { Session } from '../../model';
import { linesOf } from '../../model/fixtures/read.cjs';
import { hovered, select, selected } from '../selection';
import { Chips } from './chips';
import { chipAt, chipPath, layOutChips } from './chips-layout';

const session = new Session();
for (const batch of batchesOfLog(linesOf('everyday-4.3'))) {
  session.apply(batch);
}
const rows = stageRows(applicationScope(session.latest!));
const SIZE = 10;

describe('a square a stage', () => {
  const chips = layOutChips(rows, 200, SIZE);

  it('has each stage once, inside the width', () => {
    expect(chips.chips.map(chip => chip.row)).toEqual(rows);
    for (const { x, y } of chips.chips) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + SIZE).toBeLessThanOrEqual(200);
      expect(y + SIZE).toBeLessThanOrEqual(chips.height);
    }
  });

  it('lets no two overlap, and keeps jobs further apart than stages', () => {
    for (let i = 1; i < chips.chips.length; i++) {
      const [a, b] = [chips.chips[i - 1]!, chips.chips[i]!];
      if (a.y === b.y) {
        const gap = b.x - a.x - SIZE;
        expect(gap).toBe(a.row.job === b.row.job ? 2 : 7);
      }
    }
  });

  it('is found where it is drawn', () => {
    for (const chip of chips.chips) {
      expect(chipAt(chips, chip.x + SIZE / 2, chip.y + SIZE / 2)).toBe(chip);
    }
    expect(chipAt(chips, 199, chips.height + 50)).toBeNull();
  });

  it('has a shape for each state', () => {
    const shapes = (['complete', 'active', 'failed', 'skipped'] as const).map(
      status => {
        const only = layOutChips([{ ...rows[0]!, status }], 200, SIZE);
        return chipPath(only, status);
      }
    );
    expect(new Set(shapes).size).toBe(4);
    expect(shapes.every(shape => shape.startsWith('M'))).toBe(true);
  });
});

it('costs a node a state, is named, and answers the pointer', () => {
  const host = document.createElement('div');
  document.body.append(host);
  const said: (string | null)[] = [];
  render(
    <Chips
      rows={rows}
      font={11}
      width={300}
      trans={plainWords}
      onExplain={text => said.push(text)}
    />,
    host
  );
  const svg = host.querySelector('svg')!;
  expect(svg.querySelectorAll('path')).toHaveLength(2);
  expect(svg.getAttribute('aria-label')).toBe('done: 25, skipped: 9');
  const at = { bubbles: true, clientX: 6, clientY: 6 };
  svg.dispatchEvent(new MouseEvent('mousemove', at));
  expect(hovered.value).toEqual({ application: 1, stageKey: '0.0' });
  expect(said[0]).toMatch(
    /^Job 0, count \(everyday\.py, line 13\)\. Stage 0: /
  );
  svg.dispatchEvent(new MouseEvent('click', at));
  expect(selected.value).toEqual({ application: 1, stageKey: '0.0' });
  svg.dispatchEvent(new MouseEvent('mouseleave'));
  expect(hovered.value).toBeNull();
  select(null);
  render(null, host);
});
