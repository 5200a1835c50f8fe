import { MatrixNavigation } from './navigation';
import { layOutMatrix } from './layout';
import { legendTicks } from './shades';
import { outcomeDetail, outcomeWords, runWords, verdictWords } from './words';
import { plainWords } from '../../draw/words';

const cells = { rows: 4, columns: 100, values: new Uint8Array(400) };

it('zooms about a place, moves to the edges and no further', () => {
  const navigation = new MatrixNavigation();
  navigation.setCells(cells);
  expect(navigation.isFit).toBe(true);
  navigation.pan({ rows: 1, columns: 1 });
  expect(navigation.view.columns).toEqual({ from: 0, to: 100 });
  navigation.zoom({ row: 2, column: 50 }, 4);
  expect(navigation.isFit).toBe(false);
  expect(navigation.view.columns).toEqual({ from: 37.5, to: 62.5 });
  navigation.pan({ rows: -9, columns: 1000 });
  expect(navigation.view.columns).toEqual({ from: 75, to: 100 });
  expect(navigation.view.rows.from).toBe(0);
  navigation.reveal({ row: 3, column: 10 });
  expect(navigation.view.columns).toEqual({ from: 10, to: 35 });
  expect(navigation.view.rows.to).toBe(4);
  navigation.zoomMiddle(1 / 100);
  expect(navigation.isFit).toBe(true);
});

it('keeps a matrix of one row one row', () => {
  const navigation = new MatrixNavigation();
  navigation.setCells({ rows: 1, columns: 1, values: new Uint8Array(1) });
  navigation.zoomMiddle(2);
  navigation.reveal({ row: 0, column: 0 });
  expect(navigation.view.rows).toEqual({ from: 0, to: 1 });
});

it('gives few cells no more room than they need', () => {
  const room = { width: 800, height: 160, fontPx: 11, labelWidth: 40 };
  const few = layOutMatrix({
    ...room,
    hasRuler: false,
    view: { rows: { from: 0, to: 2 }, columns: { from: 0, to: 2 } }
  });
  expect(few.width).toBeLessThan(200);
  const many = layOutMatrix({
    ...room,
    hasRuler: true,
    view: { rows: { from: 0, to: 512 }, columns: { from: 0, to: 512 } }
  });
  expect(many.rowTotals.left + many.rowTotals.length).toBeLessThanOrEqual(800);
  expect(many.labels).toBeLessThan(160);
  expect(many.ruler.top).toBeGreaterThan(many.columnTotals.top);
});

it('has at most five ticks in its legend, powers of two', () => {
  for (const [least, most] of [
    [1, 2 ** 40],
    [1000, 1100],
    [2 ** 10, 2 ** 14]
  ] as const) {
    const ticks = legendTicks(least, most);
    expect(ticks.length).toBeGreaterThan(0);
    expect(ticks.length).toBeLessThanOrEqual(6);
  }
  expect(legendTicks(2 ** 10, 2 ** 14)).toEqual(
    [10, 11, 12, 13, 14].map(n => 2 ** n)
  );
});

it('says in words what became of a shuffle', () => {
  const outcome = {
    planned: 200,
    actual: 7,
    coalesced: 5,
    skewed: 1,
    splits: 2,
    isLocal: false,
    specs: null
  };
  expect(outcomeWords(outcome, plainWords)).toBe('200 planned → 7 read');
  expect(outcomeDetail(outcome, plainWords)).toBe(
    '5 were made of several small ones; 1 crowded one was split into 2'
  );
  expect(outcomeWords({ ...outcome, actual: null }, plainWords)).toBe(
    '200 partitions planned, not read yet'
  );
  const plain = { ...outcome, actual: 200, coalesced: 0, skewed: 0, splits: 0 };
  expect(outcomeWords(plain, plainWords)).toBe(
    '200 partitions, read as planned'
  );
  expect(outcomeDetail(plain, plainWords)).toBe('');
  expect(runWords({ from: 3, to: 3 })).toBe('3');
  expect(
    verdictWords(
      {
        kind: 'crowded',
        reducers: { from: 0, to: 3 },
        share: 0.71,
        bytes: 2048
      },
      plainWords
    )
  ).toBe('Reducers 0–3 receive 71 % of all 2 KiB');
});
