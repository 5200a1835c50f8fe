/**
 * Numbers in words. Sizes use Spark's units (KiB, MiB, GiB: powers of 1024)
 * and Spark's rounding (half up, on the shortest decimal), so that what stands
 * here can be compared with Spark's own pages digit by digit.
 */

let language: string | undefined = 'en';
let integers = new Intl.NumberFormat(language);

/**
 * Set the language whose decimal sign and digit groups all views use.
 *
 * @param tag a BCP 47 tag such as `pl` or `pl-PL`; an unknown one falls back
 *   to English.
 */
export function setLanguage(tag: string): void {
  const wanted = tag.replace('_', '-');
  try {
    integers = new Intl.NumberFormat(wanted);
    language = wanted;
  } catch {
    language = 'en';
    integers = new Intl.NumberFormat(language);
  }
  fixed.clear();
}

const fixed = new Map<string, Intl.NumberFormat>();

/**
 * Round half up on the shortest decimal, as Java's formatter does:
 * `toFixed` looks at the binary value instead, and makes 0.1 of 0.15.
 */
export function roundHalfUp(value: number, digits: number): number {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) {
    return value;
  }
  const text = String(Math.abs(value));
  if (text.includes('e')) {
    return Number(value.toFixed(digits));
  }
  const rounded = Number(
    `${Math.round(Number(`${text}e${digits}`))}e-${digits}`
  );
  return value < 0 ? -rounded : rounded;
}

function decimal(value: number, digits: number, least = 0): string {
  const key = `${least}:${digits}`;
  let format = fixed.get(key);
  if (!format) {
    format = new Intl.NumberFormat(language, {
      minimumFractionDigits: least,
      maximumFractionDigits: digits
    });
    fixed.set(key, format);
  }
  return format.format(roundHalfUp(value, digits));
}

/** A count with digit groups: `1,204`. */
export function formatCount(count: number): string {
  return Number.isFinite(count) ? integers.format(Math.round(count)) : '–';
}

/** A number with at most so many decimals (one unless told): `3.4`. */
export function formatNumber(value: number, digits = 1): string {
  return Number.isFinite(value) ? decimal(value, digits) : '–';
}

const SIZES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/**
 * A size as Spark's web pages word it: `1.3 GiB`, `210.4 MiB`, `0 B`.
 * The rule is `formatBytes` of Spark's `utils.js`: the largest unit of which
 * there is at least one, one decimal, no trailing zero.
 */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) {
    return '–';
  }
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 1024 && unit < SIZES.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${decimal(value, unit === 0 ? 0 : 1)} ${SIZES[unit]}`;
}

/**
 * A duration: `120 ms`, `3.2 s`, `2.1 min`, `1.3 h`, `2.4 d`.
 *
 * @param milliseconds may be a fraction; below 10 ms one decimal is kept.
 */
export function formatDuration(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) {
    return '–';
  }
  const ms = Math.max(0, milliseconds);
  if (roundHalfUp(ms, 0) < 1000) {
    return `${decimal(ms, ms < 10 ? 1 : 0)} ms`;
  }
  // The rounded figure decides the unit: 59.96 s is 1 min, not 60.0 s.
  if (roundHalfUp(ms / 1000, 1) < 60) {
    return `${decimal(ms / 1000, 1, 1)} s`;
  }
  if (roundHalfUp(ms / 60000, 1) < 60) {
    return `${decimal(ms / 60000, 1, 1)} min`;
  }
  if (roundHalfUp(ms / 3600000, 1) < 48) {
    return `${decimal(ms / 3600000, 1, 1)} h`;
  }
  return `${decimal(ms / 86400000, 1, 1)} d`;
}

/** A share of one as per cent: `81 %`; below 10 % with one decimal, `< 0.1 %`. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) {
    return '–';
  }
  const percent = share * 100;
  if (percent > 0 && percent < 0.05) {
    return `< ${decimal(0.1, 1)} %`;
  }
  const digits = percent !== 0 && Math.abs(percent) < 9.95 ? 1 : 0;
  return `${decimal(percent, digits)} %`;
}

/** How many times as much: `3.4 ×`, `12 ×`. */
export function formatTimes(ratio: number): string {
  return `${decimal(ratio, ratio < 9.95 ? 1 : 0)} ×`;
}

/** The time of day of a moment, to the millisecond: `14:03:07.120`. */
export function formatClock(time: number): string {
  const date = new Date(time);
  if (!(time > 0) || Number.isNaN(date.getTime())) {
    return '–';
  }
  const two = (n: number): string => String(n).padStart(2, '0');
  const fraction = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(
    date.getSeconds()
  )}.${fraction}`;
}

/** The time of day of a moment, to the minute: `14:03`. */
export function formatMinute(time: number): string {
  return formatClock(time).slice(0, 'hh:mm'.length);
}
