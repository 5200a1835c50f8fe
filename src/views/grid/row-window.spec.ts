import { RowWindow } from './row-window';

function windowOf(count: number, mostPx?: number): RowWindow {
  const rows = new RowWindow(mostPx);
  rows.rowHeight = 20;
  rows.viewport = 200;
  rows.count = count;
  return rows;
}

describe('a table that fits into a node', () => {
  it('shows the rows in view and some more', () => {
    const rows = windowOf(1000);
    expect(rows.range(0)).toEqual({ first: 0, last: 10 });
    rows.scrolled(1010);
    expect(rows.range(0)).toEqual({ first: 50, last: 61 });
    expect(rows.range(3)).toEqual({ first: 47, last: 64 });
    expect(rows.topOf(50)).toBe(1000);
    expect(rows.scrollTop).toBe(1010);
  });

  it('stays inside when rows go away', () => {
    const rows = windowOf(1000);
    rows.scrolled(19000);
    rows.count = 100;
    expect(rows.offset).toBe(1800);
    rows.count = 3;
    expect(rows.offset).toBe(0);
    expect(rows.range(5)).toEqual({ first: 0, last: 3 });
  });

  it('scrolls no further than it must to show a row', () => {
    const rows = windowOf(1000);
    rows.reveal(5);
    expect(rows.offset).toBe(0);
    rows.reveal(12);
    expect(rows.offset).toBe(60);
    rows.reveal(1);
    expect(rows.offset).toBe(20);
  });
});

describe('a table that is higher than a node can be', () => {
  const big = (): RowWindow => windowOf(1_000_000, 1_000_000);

  it('reaches its last row at the end of the scroll bar', () => {
    const rows = big();
    expect(rows.height).toBe(1_000_000);
    rows.scrolled(1_000_000 - 200);
    expect(rows.range(0).last).toBe(1_000_000);
    rows.scrolled(0);
    expect(rows.range(0).first).toBe(0);
  });

  it('moves by as many pixels as the wheel does', () => {
    const rows = big();
    rows.scrolled(500_000);
    const before = rows.offset;
    rows.scrolled(500_100);
    expect(rows.offset).toBe(before + 100);
  });

  it('goes to the same share of the table when dragged', () => {
    const rows = big();
    rows.scrolled(250_000);
    expect(rows.offset / rows.total).toBeCloseTo(0.25, 3);
  });

  it('draws rows where the node is scrolled to', () => {
    const rows = big();
    rows.scrolled(500_000);
    const { first } = rows.range(0);
    const fromView = rows.topOf(first) - 500_000;
    expect(fromView).toBeLessThanOrEqual(0);
    expect(fromView).toBeGreaterThan(-20);
  });

  it('keeps what is in view when the node is put in its place', () => {
    const rows = big();
    rows.scrolled(500_000);
    for (let top = 500_100; top <= 510_000; top += 100) {
      rows.scrolled(top);
    }
    const { offset } = rows;
    const top = rows.scrollTop;
    rows.settled(top);
    rows.scrolled(top);
    expect(rows.offset).toBeCloseTo(offset, 6);
  });
});
