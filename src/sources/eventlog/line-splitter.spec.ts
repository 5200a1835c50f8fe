import { LineSplitter } from './line-splitter';

const encode = (text: string) => new TextEncoder().encode(text);

function split(pieces: readonly Uint8Array[], most = 100): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter(
    {
      line: (bytes, from, to) =>
        lines.push(new TextDecoder().decode(bytes.subarray(from, to))),
      quick: () => -1,
      tooLong: bytes => lines.push(`[${bytes}]`)
    },
    most
  );
  pieces.forEach(piece => splitter.push(piece));
  splitter.finish();
  return lines;
}

it('finds the same lines wherever the bytes are cut', () => {
  const lines = ['zażółć gęślą', '', 'jaźń 🌟', 'x'.repeat(30), 'end'];
  const bytes = encode(lines.join('\n'));
  for (let size = 1; size <= bytes.length; size++) {
    const pieces = [];
    for (let at = 0; at < bytes.length; at += size) {
      pieces.push(bytes.slice(at, at + size));
    }
    expect(split(pieces)).toEqual(lines);
  }
});

it('leaves out a line above the bound, however it comes', () => {
  const bytes = encode(`a\n${'b'.repeat(11)}\nc\n${'d'.repeat(10)}\n`);
  const expected = ['a', '[11]', 'c', 'd'.repeat(10)];
  expect(split([bytes], 10)).toEqual(expected);
  expect(split([bytes.slice(0, 5), bytes.slice(5)], 10)).toEqual(expected);
  expect(
    split(
      Array.from(bytes, byte => Uint8Array.of(byte)),
      10
    )
  ).toEqual(expected);
});

it('keeps the bound on a last line without an end', () => {
  expect(split([encode('a\nbbb'), encode('bbb')], 5)).toEqual(['a', '[6]']);
});
