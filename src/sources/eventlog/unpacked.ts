import { DECODERS, sniff, type Codec } from './codecs';
import type { ILogPart } from './layout';
import type { LogProblem } from './problems';

/**
 * What the bytes of a file unpack to. When they are not packed as its name says, that is a problem, and they are unpacked as what
 * they are.
 *
 * @throws what the input or its decoder throws.
 */
export async function* unpacked(
  input: AsyncGenerator<Uint8Array, void>,
  part: ILogPart,
  problem: (code: LogProblem, detail: string) => void
): AsyncGenerator<Uint8Array, void> {
  const first = await input.next();
  if (first.done) {
    return;
  }
  const codec = codecOf(first.value, part.codec);
  // A History Server names a compact file after the one it was made of, and packs it as its own settings say.
  if (codec !== part.codec && !part.compact) {
    problem('wrongCodec', `${part.file.name}: ${part.codec}, ${codec}`);
  }
  yield* DECODERS[codec](startingWith(first.value, input));
}

function codecOf(head: Uint8Array, named: Codec): Codec {
  const possible = sniff(head.subarray(0, 8));
  return possible.includes(named) ? named : (possible[0] ?? named);
}

async function* startingWith(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array, void>
): AsyncGenerator<Uint8Array, void> {
  yield first;
  yield* rest;
}
