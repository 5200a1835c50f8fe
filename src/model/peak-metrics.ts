import { numbersOf } from '../events';

/** `ExecutorMetricType.metricToOffset` of Spark 4; Spark 3 has all but the last two. Sizes in bytes, times in ms, or counts. */
export const EXECUTOR_METRICS = [
  'JVMHeapMemory',
  'JVMOffHeapMemory',
  'OnHeapExecutionMemory',
  'OffHeapExecutionMemory',
  'OnHeapStorageMemory',
  'OffHeapStorageMemory',
  'OnHeapUnifiedMemory',
  'OffHeapUnifiedMemory',
  'DirectPoolMemory',
  'MappedPoolMemory',
  'ProcessTreeJVMVMemory',
  'ProcessTreeJVMRSSMemory',
  'ProcessTreePythonVMemory',
  'ProcessTreePythonRSSMemory',
  'ProcessTreeOtherVMemory',
  'ProcessTreeOtherRSSMemory',
  'MinorGCCount',
  'MinorGCTime',
  'MajorGCCount',
  'MajorGCTime',
  'TotalGCTime',
  'ConcurrentGCCount',
  'ConcurrentGCTime'
] as const;

const INDEX_OF: ReadonlyMap<string, number> = new Map(
  EXECUTOR_METRICS.map((name, i) => [name, i])
);

/** The highest values of an executor's metrics (`ExecutorMetrics`), of its life or of a stage. */
export class PeakMetrics {
  /** Whether any were reported, be they zeros. Spark marks by -1 in the first what an executor could not tell. */
  get isSet(): boolean {
    return this._values !== null && this._values[0]! >= 0;
  }

  /** The highest value of a metric; undefined while none was reported. */
  get(name: string): number | undefined {
    return this.isSet ? this._values![INDEX_OF.get(name) ?? -1] : undefined;
  }

  /** `compareAndUpdatePeakValues` with an event's object of metrics. */
  raise(metrics: unknown): void {
    if (typeof metrics !== 'object' || metrics === null) {
      return;
    }
    this._values ??= new Float64Array(EXECUTOR_METRICS.length).fill(-1, 0, 1);
    for (const [name, value] of numbersOf(metrics)) {
      const i = INDEX_OF.get(name);
      if (i !== undefined && value > this._values[i]!) {
        this._values[i] = value;
      }
    }
  }

  private _values: Float64Array | null = null;
}
