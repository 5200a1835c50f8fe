import { move, type ICursor } from './grid-keys';

const shape = { rows: 100, columns: 5, page: 8 };

function press(from: ICursor, key: string, ctrlKey = false): ICursor | null {
  return move(from, { key, ctrlKey, metaKey: false }, shape);
}

describe('keys in a grid', () => {
  it.each([
    ['ArrowDown', { row: 4, column: 2 }],
    ['ArrowUp', { row: 2, column: 2 }],
    ['ArrowLeft', { row: 3, column: 1 }],
    ['ArrowRight', { row: 3, column: 3 }],
    ['PageDown', { row: 11, column: 2 }],
    ['PageUp', { row: 0, column: 2 }],
    ['Home', { row: 3, column: 0 }],
    ['End', { row: 3, column: 4 }]
  ])('%s', (key, to) => {
    expect(press({ row: 3, column: 2 }, key)).toEqual(to);
  });

  it('goes to the first and the last row with Ctrl', () => {
    expect(press({ row: 3, column: 2 }, 'Home', true)).toEqual({
      row: 0,
      column: 0
    });
    expect(press({ row: 3, column: 2 }, 'End', true)).toEqual({
      row: 99,
      column: 4
    });
  });

  it('reaches the header from the first row and stops there', () => {
    expect(press({ row: 0, column: 1 }, 'ArrowUp')?.row).toBe(-1);
    expect(press({ row: -1, column: 1 }, 'ArrowUp')?.row).toBe(-1);
    expect(press({ row: 99, column: 4 }, 'ArrowDown')?.row).toBe(99);
  });

  it('stays in the header of an empty table', () => {
    expect(
      move(
        { row: -1, column: 0 },
        { key: 'PageDown', ctrlKey: false, metaKey: false },
        { rows: 0, columns: 5, page: 8 }
      )
    ).toEqual({ row: -1, column: 0 });
  });

  it('leaves other keys alone', () => {
    expect(press({ row: 0, column: 0 }, 'a')).toBeNull();
    expect(press({ row: 0, column: 0 }, 'Tab')).toBeNull();
  });
});
