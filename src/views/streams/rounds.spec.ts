/** @jest-environment jsdom */
import { Rounds } from './rounds';

const frame = (): Promise<void> =>
  new Promise(resolve =>
    requestAnimationFrame(() => setTimeout(() => resolve(), 0))
  );
const pause = (ms: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, ms));

/** Rounds that note what was drawn: `|` = a round is over. */
function noted(): { rounds: Rounds<string>; drawn: string[] } {
  const drawn: string[] = [];
  const rounds = new Rounds<string>(
    part => drawn.push(part),
    () => drawn.push('|')
  );
  return { rounds, drawn };
}

test('one part a frame, the first of them at once', async () => {
  const { rounds, drawn } = noted();
  rounds.ask('a', ['1', '2', '3']);
  expect(drawn).toEqual(['1']);
  await frame();
  expect(drawn).toEqual(['1', '2']);
  await frame();
  expect(drawn).toEqual(['1', '2', '3', '|']);
  rounds.reset();
});

test('what is asked often is drawn a few times a second, the last of it too', async () => {
  const { rounds, drawn } = noted();
  const end = performance.now() + 1000;
  while (performance.now() < end) {
    rounds.ask('a', ['1']);
    await pause(20);
  }
  const before = drawn.length / 2;
  expect(before).toBeGreaterThanOrEqual(2);
  expect(before).toBeLessThanOrEqual(4);
  await pause(500);
  expect(drawn.length / 2).toBe(before + 1);
});

test('another subject, and one that was reset, do not wait', () => {
  const { rounds, drawn } = noted();
  rounds.ask('a', ['1']);
  rounds.ask('b', ['2']);
  rounds.ask('b', ['3']);
  rounds.reset();
  rounds.ask('b', ['4']);
  expect(drawn).toEqual(['1', '|', '2', '|', '4', '|']);
  rounds.reset();
});
