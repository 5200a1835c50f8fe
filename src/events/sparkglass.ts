/**
 * Our own events (docs/protocol.md, section 3). Times are milliseconds since 1970.
 */
import type { IAccumulable } from './spark';

/** First line of a kernel's history. */
export interface ISparkglassKernel {
  Event: 'SparkglassKernel';
  'Protocol Version'?: number;
  'Sparkglass Version'?: string;
  'Python Version'?: string;
  'PySpark Version'?: string | null;
  'Ipykernel Version'?: string | null;
  Time?: number;
}

/** The kernel side is attached to this `SparkContext`. */
export interface ISparkglassApplication {
  Event: 'SparkglassApplication';
  Application?: number;
  'App ID'?: string;
  'App Name'?: string;
  'Spark Version'?: string;
  Master?: string;
  UI?: string | null;
  Cores?: number;
  'Java Version'?: string;
  'Start Time'?: number;
  'Run ID'?: string | null;
  Connect?: boolean;
  /** `listener` or `statusStore`. */
  Source?: string;
  Time?: number;
}

export interface ISparkglassApplicationEnd {
  Event: 'SparkglassApplicationEnd';
  Application?: number;
  Time?: number;
  /** `stopped` or `gone`. */
  Reason?: string;
}

export interface ISparkglassCellStart {
  Event: 'SparkglassCellStart';
  'Run ID'?: string;
  'Cell ID'?: string;
  Number?: number;
  Time?: number;
}

/** What of a DataFrame can change while the variable stays. */
export interface IDataFrameStateEntry {
  Name?: string;
  /** Null where only planning would tell. */
  Partitions?: number | null;
  /** Adaptive execution may make it fewer. */
  Planned?: boolean;
  /** As Spark words it; missing where it is not cached. */
  'Storage Level'?: string;
  /** The RDD that holds its cached rows, once something has asked for them. */
  'RDD ID'?: number;
}

/** A variable of the kernel that holds a DataFrame made or changed by a run. */
export interface IDataFrameEntry extends IDataFrameStateEntry {
  Operations?: string[];
  Streaming?: boolean;
  New?: string[];
  /** Names, the first 50. */
  Columns?: string[];
  'Column Count'?: number;
}

/** DataFrames that were there before anybody watched. */
export interface ISparkglassDataFrames {
  Event: 'SparkglassDataFrames';
  DataFrames?: IDataFrameEntry[];
}

export interface ISparkglassCellEnd {
  Event: 'SparkglassCellEnd';
  'Run ID'?: string;
  Time?: number;
  /** `ok` or `error`. */
  Status?: string;
  Error?: string | null;
  DataFrames?: IDataFrameEntry[];
  /** Of others, whose variables it left alone, what has changed. */
  'DataFrame States'?: IDataFrameStateEntry[];
  /** Variables with DataFrames that its code reads. */
  'DataFrames Used'?: string[];
  /** Variables that hold none any more. */
  'DataFrames Gone'?: string[];
}

export interface ISparkglassStrings {
  Event: 'SparkglassStrings';
  Base?: number;
  Values?: string[];
}

/** Rows that a reader will not see, added up. */
export interface ISparkglassTasksDropped {
  Event: 'SparkglassTasksDropped';
  'Stage ID'?: number;
  'Stage Attempt ID'?: number;
  Started?: number;
  Succeeded?: number;
  Failed?: number;
  Killed?: number;
  Rows?: number;
  /** Column name → sum over the ended tasks. */
  Sums?: Readonly<Record<string, number>>;
  'First Launch Time'?: number;
  'Last Finish Time'?: number;
}

export interface ISparkglassShuffle {
  Event: 'SparkglassShuffle';
  'Shuffle ID'?: number;
  'Stage ID'?: number;
  'Stage Attempt ID'?: number;
  Maps?: number;
  Reducers?: number;
  'Map Sizes'?: number[];
  'Reduce Sizes'?: number[];
  Matrix?: { Rows?: number; Columns?: number; 'Log Sizes'?: string } | null;
  'Sampled Maps'?: number;
}

/** The SQL metrics of an execution, added up over its tasks; those of which anybody has told anything. */
export interface ISparkglassSqlMetrics {
  Event: 'SparkglassSqlMetrics';
  'Execution ID'?: number;
  /** As Spark adds them up at the execution's end. */
  Final?: boolean;
  /**
   * Accumulator, count, total, min, median (null: not known), max, and where a task has the highest value, its stage, attempt and id.
   */
  Metrics?: (number | null)[][];
  /** `false` when values of some stage were let go to save memory. */
  Complete?: boolean;
}

/** Which reducers, and of which maps, each partition reads that adaptive execution made of a shuffle. */
export interface ISparkglassShuffleRead {
  Event: 'SparkglassShuffleRead';
  'Execution ID'?: number;
  'Shuffle ID'?: number;
  /** A plan may read a shuffle several times; from 0. */
  Read?: number;
  Partitions?: number;
  /** Each task reads what was written where it runs. */
  Local?: boolean;
  /** A list a partition, the first of them: reducers from and to, and maps from and to where not all maps are read. */
  Specs?: number[][];
}

export interface ISparkglassExecutorMetrics {
  Event: 'SparkglassExecutorMetrics';
  'Executor ID'?: string;
  Time?: number;
  Metrics?: Readonly<Record<string, number>>;
}

/** `Task Executor Metrics` of task ends of a log, where they rise above what the stage's executor had. Made by readers of logs. */
export interface ISparkglassTaskPeaks {
  Event: 'SparkglassTaskPeaks';
  'Executor ID'?: string;
  'Stage ID'?: number;
  'Stage Attempt ID'?: number;
  'Executor Metrics'?: Readonly<Record<string, number>>;
}

/** Accumulators that a user named, as a task's end in a log has them. Made by readers of logs. */
export interface ISparkglassTaskAccumulables {
  Event: 'SparkglassTaskAccumulables';
  'Task ID'?: number;
  Accumulables?: IAccumulable[];
}

export interface ISparkglassQueue {
  Event: 'SparkglassQueue';
  'Dropped Events'?: number;
  'Dropped Rows'?: number;
  Time?: number;
}

/** What was printed while a micro-batch was worked on; several add up. */
export interface ISparkglassStreamOutput {
  Event: 'SparkglassStreamOutput';
  /** Of the run of the query. */
  'Run ID'?: string;
  'Batch ID'?: number;
  Text?: string;
  /** Only false: the batch prints more than what is told. */
  Complete?: boolean;
}

/** A streaming query as it stood, with its batches: in saved runs, in the place of its progress. */
export interface ISparkglassStreamingQuery {
  Event: 'SparkglassStreamingQuery';
  ID?: string;
  'Run ID'?: string;
  /** The run of the cell that started it. */
  'Cell Run ID'?: string | null;
  Name?: string | null;
  DStreams?: boolean;
  'Start Time'?: number | null;
  'End Time'?: number | null;
  Status?: string;
  Exception?: string | null;
  'Error Class'?: string | null;
  Sink?: string;
  /** Their descriptions. */
  Sources?: readonly string[];
  Operators?: readonly IRecordedOperator[];
  /** Batches in all. */
  Batches?: number;
  /** By the names of `BATCH_COLUMNS`: one value a row, null where there is none; a column without any is left out. */
  Columns?: Readonly<Record<string, readonly (number | null)[]>>;
}

/** A stateful operator of a saved query. */
export interface IRecordedOperator {
  Name?: string;
  Rows?: number;
  'Updated Rows'?: number;
  'Removed Rows'?: number;
  'Late Rows'?: number;
  'Memory Bytes'?: number;
  'Commit Ms'?: number;
  Partitions?: number;
}

export interface ISparkglassNotice {
  Event: 'SparkglassNotice';
  Code?: string;
  Detail?: unknown;
  Time?: number;
}

export type SparkglassEvent =
  | ISparkglassKernel
  | ISparkglassApplication
  | ISparkglassApplicationEnd
  | ISparkglassCellStart
  | ISparkglassCellEnd
  | ISparkglassDataFrames
  | ISparkglassStrings
  | ISparkglassTasksDropped
  | ISparkglassShuffle
  | ISparkglassShuffleRead
  | ISparkglassSqlMetrics
  | ISparkglassExecutorMetrics
  | ISparkglassTaskPeaks
  | ISparkglassTaskAccumulables
  | ISparkglassQueue
  | ISparkglassStreamOutput
  | ISparkglassStreamingQuery
  | ISparkglassNotice;
