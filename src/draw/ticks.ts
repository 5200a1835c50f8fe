import { formatNumber } from './format';

/** A mark on a time axis. `label` carries its unit. */
export interface ITick {
  /** Milliseconds, in the units of the range that was asked for. */
  readonly time: number;
  readonly label: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps people count in; below a millisecond there is nothing to tell apart. */
const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map(n => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map(n => n * MINUTE),
  ...[1, 2, 3, 6, 12].map(n => n * HOUR),
  ...[1, 2, 7, 14, 30, 90, 180, 365].map(n => n * DAY)
];

/**
 * At most `most` ticks between two times counted from `origin`: "1.2 s" is
 * 1.2 seconds after the first thing on the axis, not a time of day.
 *
 * @param origin the moment the axis counts from, in the units of `from`, `to`.
 */
export function timeTicks(
  from: number,
  to: number,
  origin: number,
  most = 6
): ITick[] {
  const span = to - from;
  if (!(span > 0) || most < 1) {
    return [];
  }
  const step = STEPS.find(s => span / s <= most) ?? Math.ceil(span / most);
  const ticks: ITick[] = [];
  let first = Math.ceil((from - origin) / step);
  if (first === 0) {
    // A plain zero, never minus zero.
    first = 0;
  }
  for (let n = first; n * step + origin <= to && ticks.length < most; n++) {
    ticks.push({ time: origin + n * step, label: tickLabel(n * step, step) });
  }
  return ticks;
}

/**
 * The label of a tick: the unit follows the axis' end, the decimals its step,
 * so that neighbours differ and none says more than the step does.
 */
function tickLabel(ms: number, step: number): string {
  if (ms === 0) {
    return '0';
  }
  const size = Math.abs(ms);
  if (size < SECOND && step < SECOND) {
    return `${formatNumber(ms, 0)} ms`;
  }
  if (size < 2 * MINUTE || step < SECOND) {
    const digits = step >= SECOND ? 0 : step >= 100 ? 1 : step >= 10 ? 2 : 3;
    return `${formatNumber(ms / SECOND, digits)} s`;
  }
  if (size < 2 * HOUR) {
    const whole = Math.trunc(ms / MINUTE);
    const rest = Math.round(Math.abs(ms - whole * MINUTE) / SECOND);
    return rest ? `${whole} min ${rest} s` : `${whole} min`;
  }
  if (size < 2 * DAY) {
    const whole = Math.trunc(ms / HOUR);
    const rest = Math.round(Math.abs(ms - whole * HOUR) / MINUTE);
    return rest ? `${whole} h ${rest} min` : `${whole} h`;
  }
  return `${formatNumber(ms / DAY, step < DAY ? 1 : 0)} d`;
}

/**
 * At most `most` round values from 0 to `max`, for an axis of counts, bytes or
 * shares. With `binary`, steps are powers of two, which suit KiB and MiB.
 */
export function valueTicks(max: number, most = 4, binary = false): number[] {
  if (!(max > 0) || most < 1) {
    return [];
  }
  let step: number;
  if (binary) {
    step = 2 ** Math.ceil(Math.log2(max / most));
  } else {
    const rough = max / most;
    const power = 10 ** Math.floor(Math.log10(rough));
    step = [1, 2, 5, 10].find(n => n * power >= rough)! * power;
  }
  const ticks: number[] = [];
  for (let n = 0; n * step <= max * (1 + 1e-9); n++) {
    ticks.push(n * step);
  }
  return ticks;
}
