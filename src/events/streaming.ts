/** What one source of a query says of a batch. Offsets are texts: each source has its own form. */
export interface ISourceProgress {
  description?: string;
  startOffset?: string | null;
  endOffset?: string | null;
  latestOffset?: string | null;
  numInputRows?: number;
  inputRowsPerSecond?: number | string;
  processedRowsPerSecond?: number | string;
  metrics?: Readonly<Record<string, string>>;
}

/** What one stateful operator says of a batch. */
export interface IStateProgress {
  operatorName?: string;
  numRowsTotal?: number;
  numRowsUpdated?: number;
  numRowsRemoved?: number;
  allUpdatesTimeMs?: number;
  allRemovalsTimeMs?: number;
  commitTimeMs?: number;
  memoryUsedBytes?: number;
  numRowsDroppedByWatermark?: number;
  numShufflePartitions?: number;
  numStateStoreInstances?: number;
  customMetrics?: Readonly<Record<string, number>>;
}

/** `StreamingQueryProgress` by the fields of its constructor, as a log has it: totals over the sources are the reader's. */
export interface IStreamProgress {
  id?: string;
  runId?: string;
  name?: string | null;
  /** ISO 8601, UTC. */
  timestamp?: string;
  batchId?: number;
  batchDuration?: number;
  durationMs?: Readonly<Record<string, number>>;
  /** `avg`, `max`, `min`, `watermark`: ISO 8601, UTC. */
  eventTime?: Readonly<Record<string, string>>;
  stateOperators?: readonly IStateProgress[];
  sources?: readonly ISourceProgress[];
  sink?: {
    description?: string;
    numOutputRows?: number;
    metrics?: Readonly<Record<string, string>>;
  };
  observedMetrics?: Readonly<Record<string, unknown>>;
}

/** How the names of a streaming query's events begin: `StartedEvent`, `ProgressEvent`, `IdleEvent`, `TerminatedEvent`. */
export const QUERY_EVENT =
  'org.apache.spark.sql.streaming.StreamingQueryListener$Query';

export interface IStreamingEvent {
  Event: `${typeof QUERY_EVENT}${'Started' | 'Progress' | 'Idle' | 'Terminated'}Event`;
  id?: string;
  runId?: string;
  name?: string | null;
  timestamp?: string;
  progress?: IStreamProgress;
  exception?: string | null;
  errorClassOnException?: string | null;
}
