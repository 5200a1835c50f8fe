/**
 * Values of SQL metrics in Spark's words, for a view to draw (4): `MetricUtils.stringValue` (`SQLMetrics.stringValue` before Spark 4.1), `Utils.bytesToString` and
 * `Utils.msDurationToString`.
 */
import type { IMetricPlace, ISqlMetricSummary } from '../model';

/** What the type of a metric that a data source defined begins with (`CustomMetrics.V2_CUSTOM`); the rest is the name of a class. */
const CUSTOM = 'v2Custom_';
/** The one such class that Spark brings along; it counts bytes. */
const PYTHON_CUSTOM = `${CUSTOM}org.apache.spark.sql.execution.datasources.v2.python.PythonCustomMetric`;

/** An average is kept as a whole number of tenths. */
const TENTHS = 10;

/**
 * A metric over all tasks as Spark's web page and REST word it, for example
 * `total (min, med, max (stageId: taskId))\n1.2 KiB (3.0 B, 4.0 B, 5.0 B (stage 3.0: task 7))`.
 *
 * @returns `N/A` where only a class of a data source could say it.
 */
export function wordMetric(summary: ISqlMetricSummary): string {
  const { type } = summary;
  if (type === PYTHON_CUSTOM) {
    return totalled({ ...summary, maxAt: null }, wordBytes);
  }
  if (type.startsWith(CUSTOM)) {
    return 'N/A';
  }
  switch (type) {
    case 'sum':
      return grouped(summary.total);
    case 'average':
      return averaged(summary);
    case 'size':
      return totalled(summary, wordBytes);
    case 'timing':
      return totalled(summary, wordMilliseconds);
    case 'nsTiming':
      return totalled(summary, ns => wordMilliseconds(Math.floor(ns / 1e6)));
    default:
      return totalled(summary, value => `[unknown] ${grouped(value)}`);
  }
}

const SPREAD = '(min, med, max (stageId: taskId))';

function totalled(
  { count, total, min, median, max, maxAt }: ISqlMetricSummary,
  word: (value: number) => string
): string {
  return count <= 1
    ? word(max)
    : `total ${SPREAD}\n${word(total)} (${word(min)}, ${orUnknown(median, word)}, ${word(max)} ${placed(maxAt)})`;
}

function averaged({
  count,
  min,
  median,
  max,
  maxAt
}: ISqlMetricSummary): string {
  const word = (tenths: number): string => grouped(tenths / TENTHS);
  return count <= 1
    ? word(max)
    : `${SPREAD}:\n(${word(min)}, ${orUnknown(median, word)}, ${word(max)} ${placed(maxAt)})`;
}

function orUnknown(
  value: number | null,
  word: (value: number) => string
): string {
  return value === null ? '?' : word(value);
}

function placed(place: IMetricPlace | null): string {
  return place
    ? `(stage ${place.stageId}.${place.attempt}: task ${place.taskId})`
    : '(driver)';
}

/** A number with commas, as `NumberFormat` writes it in the USA. */
function grouped(value: number): string {
  const [whole, fraction] = String(value).split('.');
  const commas = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? commas : `${commas}.${fraction}`;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/** Bytes as `Utils.bytesToString` words them: in the largest unit of which there are two. */
export function wordBytes(bytes: number): string {
  let unit = UNITS.length - 1;
  while (unit > 0 && bytes < 2 * 1024 ** unit) {
    unit--;
  }
  return `${fixed(bytes / 1024 ** unit, 1)} ${UNITS[unit]}`;
}

/** A duration as `Utils.msDurationToString` words it; that divides single-precision numbers, which shows in the last digit. */
export function wordMilliseconds(ms: number): string {
  const by = (unit: number): number => Math.fround(Math.fround(ms) / unit);
  if (ms < 1000) {
    return `${ms} ms`;
  }
  if (ms < 60_000) {
    return `${fixed(by(1000), 1)} s`;
  }
  return ms < 3_600_000
    ? `${fixed(by(60_000), 1)} m`
    : `${fixed(by(3_600_000), 2)} h`;
}

/** So many decimals, rounded half up on the shortest decimal, as Java's `Formatter` does; `toFixed` looks at the binary value. */
function fixed(value: number, digits: number): string {
  const text = String(value);
  const rounded = text.includes('e')
    ? value
    : Number(`${Math.round(Number(`${text}e${digits}`))}e-${digits}`);
  return rounded.toFixed(digits);
}
