/**
 * @jest-environment jsdom
 */
import { watchVisibility } from './visibility';

type Callback = (entries: { isIntersecting: boolean }[]) => void;

/** The browser's answers, given by hand: jsdom has no layout to give them. */
let answer: Callback;
const disconnect = jest.fn();

beforeEach(() => {
  disconnect.mockClear();
  Object.assign(globalThis, {
    IntersectionObserver: class {
      constructor(callback: Callback) {
        answer = callback;
      }
      observe(): void {
        // Answers come later.
      }
      disconnect = disconnect;
    }
  });
});

it('is visible until told otherwise, and tells of changes only', () => {
  const seen: boolean[] = [];
  const watch = watchVisibility(document.body, visible => seen.push(visible));
  expect(watch.isVisible).toBe(true);
  answer([{ isIntersecting: true }]);
  answer([{ isIntersecting: true }, { isIntersecting: false }]);
  answer([{ isIntersecting: false }]);
  answer([{ isIntersecting: true }]);
  expect(seen).toEqual([false, true]);
});

it('ignores an answer that comes after it was disposed', () => {
  const seen: boolean[] = [];
  const watch = watchVisibility(document.body, visible => seen.push(visible));
  watch.dispose();
  answer([{ isIntersecting: false }]);
  answer([]);
  expect(seen).toEqual([]);
  expect(watch.isVisible).toBe(false);
  expect(disconnect).toHaveBeenCalledTimes(1);
});
