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

/** A variable of the kernel that holds a DataFrame made or changed by a run. */
export interface IDataFrameEntry {
  Name?: string;
  Operations?: string[];
  Streaming?: boolean;
  New?: string[];
}

export interface ISparkglassCellEnd {
  Event: 'SparkglassCellEnd';
  'Run ID'?: string;
  Time?: number;
  /** `ok` or `error`. */
  Status?: string;
  Error?: string | null;
  DataFrames?: IDataFrameEntry[];
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
  | ISparkglassStrings
  | ISparkglassTasksDropped
  | ISparkglassShuffle
  | ISparkglassExecutorMetrics
  | ISparkglassTaskPeaks
  | ISparkglassTaskAccumulables
  | ISparkglassQueue
  | ISparkglassNotice;
