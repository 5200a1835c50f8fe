/** How many tests passed, failed and were skipped. */
interface ICounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

type Counter = (file: string, code: number) => ICounts;

declare const counts: {
  readonly countCheck: (code: number) => ICounts;
  readonly countJest: Counter;
  readonly countPytest: Counter;
  readonly countPlaywright: Counter;
  readonly failedOfPytest: (file: string) => string[];
};

export default counts;
