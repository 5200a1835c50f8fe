import { GrowingColumn } from './growing-column';

describe('GrowingColumn', () => {
  it('is as narrow as its values allow', () => {
    const widths = [0, 255, 256, 65535, 65536, 2 ** 32 - 1, 2 ** 32].map(
      value => {
        const column = new GrowingColumn();
        column.push(value);
        expect(column.at(0)).toBe(value);
        return column.values.BYTES_PER_ELEMENT;
      }
    );
    expect(widths).toEqual([1, 1, 2, 2, 4, 4, 8]);
  });

  it('keeps any number that it is given, whenever it comes', () => {
    const wanted: number[] = [];
    const column = new GrowingColumn();
    let seed = 1;
    const random = (): number =>
      (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
    for (let i = 0; i < 2000; i++) {
      const width = [8, 16, 32, 40][Math.floor(random() * (1 + i / 500))]!;
      const value =
        i === 1500 ? NaN : i === 1600 ? -1 : Math.floor(random() * 2 ** width);
      const at = Math.floor(random() * (wanted.length + 1));
      switch (Math.floor(random() * 10)) {
        case 0:
          column.insert(at, value);
          wanted.splice(at, 0, value);
          break;
        case 1:
          if (at < wanted.length) {
            column.set(at, value);
            wanted[at] = value;
          }
          break;
        case 2:
          column.dropFirst(Math.min(2, wanted.length));
          wanted.splice(0, 2);
          break;
        default:
          column.push(value);
          wanted.push(value);
      }
    }
    column.push(0.5);
    wanted.push(0.5);
    expect([...column.values.subarray(0, column.length)]).toEqual(wanted);
    column.truncate(3);
    expect([...column.values.subarray(0, column.length)]).toEqual(
      wanted.slice(0, 3)
    );
  });
});
