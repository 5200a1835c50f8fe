/** What the benches of the page's code measure with. */

/**
 * How long something takes.
 *
 * @param {() => void} act
 * @returns {number} ms
 */
export function timed(act) {
  const before = process.hrtime.bigint();
  act();
  return Number(process.hrtime.bigint() - before) / 1e6;
}

/**
 * The median and the 95th percentile of times.
 *
 * @param {readonly number[]} times
 * @returns {{p50: number, p95: number}} to two decimals
 */
export function figures(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = share =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const rounded = value => Math.round(value * 100) / 100;
  return { p50: rounded(at(0.5)), p95: rounded(at(0.95)) };
}
