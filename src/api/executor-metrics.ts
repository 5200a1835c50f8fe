import { EXECUTOR_METRICS, type Application, type PeakMetrics } from '../model';
import { Double, type Json } from './json';
import { quantilesOf } from './quantiles';
import { isSince } from './served';

/** The executor metrics that the log's Spark knows. */
function namesFor(app: Application): readonly string[] {
  return EXECUTOR_METRICS.filter(
    name => isSince(app, 4, 0) || !name.startsWith('ConcurrentGC')
  );
}

/** Every metric's highest value; absent when none was reported. */
export function peakMetrics(app: Application, peak: PeakMetrics): Json {
  return peak.isSet
    ? Object.fromEntries(namesFor(app).map(name => [name, peak.get(name) ?? 0]))
    : undefined;
}

/** `ExecutorPeakMetricsDistributions` */
export function peakDistributions(
  app: Application,
  peaks: readonly PeakMetrics[],
  quantiles: readonly number[]
): Json {
  const set = peaks.filter(peak => peak.isSet);
  const entries = namesFor(app).map((name): [string, Json] => [
    name,
    quantilesOf(
      set.map(peak => peak.get(name) ?? 0),
      quantiles
    ).map(value => new Double(value))
  ]);
  return Object.fromEntries(entries);
}
