/**
 * Spark's listener events as its event log spells them (`JsonProtocol`), and ours (docs/protocol.md, section 3).
 *
 * Spark promises that fields are never deleted and that new ones are optional, so every field is optional here and a reader
 * supplies the default. Times are milliseconds since 1970.
 */
import type { Properties } from './properties';
import type { IStreamingEvent } from './streaming';
import type {
  IDriverAccumUpdates,
  ISqlAdaptiveExecutionUpdate,
  ISqlAdaptiveMetricUpdates,
  ISqlExecutionEnd,
  ISqlExecutionStart
} from './spark-sql';
import type {
  IExclusion,
  IMiscellaneousProcessAdded,
  IResourceProfileAdded
} from './spark-resources';

/** Any event: what it is called, and whatever else it carries. */
export interface ISparkEvent {
  readonly Event: string;
  readonly [field: string]: unknown;
}

export interface IStorageLevel {
  'Use Disk'?: boolean;
  'Use Memory'?: boolean;
  'Use Off Heap'?: boolean;
  Deserialized?: boolean;
  Replication?: number;
}

export interface IRddInfo {
  'RDD ID'?: number;
  Name?: string;
  /** JSON text: `{"id", "name", "parent"}`. */
  Scope?: string;
  Callsite?: string;
  'Parent IDs'?: number[];
  'Storage Level'?: IStorageLevel;
  Barrier?: boolean;
  /** `DETERMINATE`, `UNORDERED` or `INDETERMINATE`. */
  DeterministicLevel?: string;
  'Number of Partitions'?: number;
  'Number of Cached Partitions'?: number;
  'Memory Size'?: number;
  'Disk Size'?: number;
}

export interface IAccumulable {
  ID?: number;
  Name?: string;
  /** A number for Spark's own metrics, text for all others. */
  Update?: unknown;
  Value?: unknown;
  Internal?: boolean;
  'Count Failed Values'?: boolean;
  Metadata?: string;
}

export interface IStageInfo {
  'Stage ID'?: number;
  'Stage Attempt ID'?: number;
  'Stage Name'?: string;
  'Number of Tasks'?: number;
  'RDD Info'?: IRddInfo[];
  'Parent IDs'?: number[];
  Details?: string;
  'Submission Time'?: number;
  'Completion Time'?: number;
  'Failure Reason'?: string;
  Accumulables?: IAccumulable[];
  'Resource Profile Id'?: number;
  'Shuffle Push Enabled'?: boolean;
  'Shuffle Push Mergers Count'?: number;
}

export interface ITaskInfo {
  'Task ID'?: number;
  Index?: number;
  Attempt?: number;
  'Partition ID'?: number;
  'Launch Time'?: number;
  'Executor ID'?: string;
  Host?: string;
  Locality?: string;
  Speculative?: boolean;
  'Getting Result Time'?: number;
  'Finish Time'?: number;
  Failed?: boolean;
  Killed?: boolean;
  Accumulables?: IAccumulable[];
}

export interface ITaskMetrics {
  'Executor Deserialize Time'?: number;
  'Executor Deserialize CPU Time'?: number;
  'Executor Run Time'?: number;
  'Executor CPU Time'?: number;
  'Peak Execution Memory'?: number;
  'Result Size'?: number;
  'JVM GC Time'?: number;
  'Result Serialization Time'?: number;
  'Memory Bytes Spilled'?: number;
  'Disk Bytes Spilled'?: number;
  'Shuffle Read Metrics'?: {
    'Remote Blocks Fetched'?: number;
    'Local Blocks Fetched'?: number;
    'Fetch Wait Time'?: number;
    'Remote Bytes Read'?: number;
    'Remote Bytes Read To Disk'?: number;
    'Local Bytes Read'?: number;
    'Total Records Read'?: number;
    'Remote Requests Duration'?: number;
  };
  'Shuffle Write Metrics'?: {
    'Shuffle Bytes Written'?: number;
    /** Nanoseconds. */
    'Shuffle Write Time'?: number;
    'Shuffle Records Written'?: number;
  };
  'Input Metrics'?: { 'Bytes Read'?: number; 'Records Read'?: number };
  'Output Metrics'?: { 'Bytes Written'?: number; 'Records Written'?: number };
}

/** Why a task ended; which fields are there depends on `Reason`. */
export interface ITaskEndReason {
  Reason?: string;
  'Class Name'?: string;
  Description?: string;
  'Full Stack Trace'?: string;
  'Stack Trace'?: {
    'Declaring Class'?: string;
    'Method Name'?: string;
    'File Name'?: string;
    'Line Number'?: number;
  }[];
  'Kill Reason'?: string;
  'Block Manager Address'?: IBlockManagerId;
  'Shuffle ID'?: number;
  'Map ID'?: number;
  'Map Index'?: number;
  'Reduce ID'?: number;
  Message?: string;
  'Executor ID'?: string;
  'Exit Caused By App'?: boolean;
  'Loss Reason'?: string;
  'Job ID'?: number;
  'Partition ID'?: number;
  'Attempt Number'?: number;
}

export interface IBlockManagerId {
  'Executor ID'?: string;
  Host?: string;
  Port?: number;
}

export interface ILogStart {
  Event: 'SparkListenerLogStart';
  'Spark Version'?: string;
}

export interface IApplicationStart {
  Event: 'SparkListenerApplicationStart';
  'App Name'?: string;
  'App ID'?: string;
  /** Only YARN tries an application again. */
  'App Attempt ID'?: string;
  Timestamp?: number;
  User?: string;
  'Driver Logs'?: Properties;
  'Driver Attributes'?: Properties;
}

export interface IApplicationEnd {
  Event: 'SparkListenerApplicationEnd';
  Timestamp?: number;
  ExitCode?: number;
}

export interface IEnvironmentUpdate {
  Event: 'SparkListenerEnvironmentUpdate';
  'JVM Information'?: Properties;
  'Spark Properties'?: Properties;
  'Hadoop Properties'?: Properties;
  'System Properties'?: Properties;
  'Metrics Properties'?: Properties;
  'Classpath Entries'?: Properties;
}

export interface IExecutorAdded {
  Event: 'SparkListenerExecutorAdded';
  Timestamp?: number;
  'Executor ID'?: string;
  'Executor Info'?: {
    Host?: string;
    'Total Cores'?: number;
    'Log Urls'?: Properties;
    Attributes?: Properties;
    /** Name of a resource → its addresses, spelled as REST spells it too. */
    Resources?: Readonly<Record<string, unknown>>;
    'Resource Profile Id'?: number;
  };
}

export interface IExecutorRemoved {
  Event: 'SparkListenerExecutorRemoved';
  Timestamp?: number;
  'Executor ID'?: string;
  'Removed Reason'?: string;
}

export interface IBlockManagerAdded {
  Event: 'SparkListenerBlockManagerAdded';
  'Block Manager ID'?: IBlockManagerId;
  'Maximum Memory'?: number;
  'Maximum Onheap Memory'?: number;
  'Maximum Offheap Memory'?: number;
  Timestamp?: number;
}

export interface IJobStart {
  Event: 'SparkListenerJobStart';
  'Job ID'?: number;
  'Submission Time'?: number;
  'Stage Infos'?: IStageInfo[];
  'Stage IDs'?: number[];
  Properties?: Properties;
}

export interface IJobEnd {
  Event: 'SparkListenerJobEnd';
  'Job ID'?: number;
  'Completion Time'?: number;
  'Job Result'?: {
    /** `JobSucceeded` or `JobFailed`. */
    Result?: string;
    Exception?: { Message?: string; 'Stack Trace'?: unknown[] };
  };
}

export interface IStageSubmitted {
  Event: 'SparkListenerStageSubmitted';
  'Stage Info'?: IStageInfo;
  Properties?: Properties;
}

export interface IStageCompleted {
  Event: 'SparkListenerStageCompleted';
  'Stage Info'?: IStageInfo;
}

export interface ITaskStart {
  Event: 'SparkListenerTaskStart';
  'Stage ID'?: number;
  'Stage Attempt ID'?: number;
  'Task Info'?: ITaskInfo;
}

export interface ITaskGettingResult {
  Event: 'SparkListenerTaskGettingResult';
  'Task Info'?: ITaskInfo;
}

export interface ITaskEnd {
  Event: 'SparkListenerTaskEnd';
  'Stage ID'?: number;
  'Stage Attempt ID'?: number;
  'Task Type'?: string;
  'Task End Reason'?: ITaskEndReason;
  'Task Info'?: ITaskInfo;
  'Task Executor Metrics'?: Readonly<Record<string, number>>;
  'Task Metrics'?: ITaskMetrics;
}

export interface IStageExecutorMetrics {
  Event: 'SparkListenerStageExecutorMetrics';
  'Executor ID'?: string;
  'Stage ID'?: number;
  'Stage Attempt ID'?: number;
  'Executor Metrics'?: Readonly<Record<string, number>>;
}

/** What a heartbeat tells of a running task. */
export interface ITaskHeartbeat {
  'Task ID'?: number;
  'Stage ID'?: number;
  'Stage Attempt ID'?: number;
  'Accumulator Updates'?: IAccumulable[];
}

export interface IExecutorMetricsUpdate {
  Event: 'SparkListenerExecutorMetricsUpdate';
  'Executor ID'?: string;
  /** Of the tasks that run there: only where they run in the driver does a log have any. */
  'Metrics Updated'?: ITaskHeartbeat[];
  'Executor Metrics Updated'?: {
    'Stage ID'?: number;
    'Stage Attempt ID'?: number;
    'Executor Metrics'?: Readonly<Record<string, number>>;
  }[];
}

export interface IBlockUpdated {
  Event: 'SparkListenerBlockUpdated';
  'Block Updated Info'?: {
    'Block Manager ID'?: IBlockManagerId;
    'Block ID'?: string;
    'Storage Level'?: IStorageLevel;
    'Memory Size'?: number;
    'Disk Size'?: number;
  };
}

export interface IUnpersistRdd {
  Event: 'SparkListenerUnpersistRDD';
  'RDD ID'?: number;
}

/** The events of Spark that have a meaning here. */
export type SparkEvent =
  | ILogStart
  | IApplicationStart
  | IApplicationEnd
  | IEnvironmentUpdate
  | IResourceProfileAdded
  | IExecutorAdded
  | IExecutorRemoved
  | IExclusion
  | IMiscellaneousProcessAdded
  | IBlockManagerAdded
  | IJobStart
  | IJobEnd
  | IStageSubmitted
  | IStageCompleted
  | ITaskStart
  | ITaskGettingResult
  | ITaskEnd
  | IStageExecutorMetrics
  | IExecutorMetricsUpdate
  | IBlockUpdated
  | IUnpersistRdd
  | ISqlExecutionStart
  | ISqlExecutionEnd
  | ISqlAdaptiveExecutionUpdate
  | ISqlAdaptiveMetricUpdates
  | IDriverAccumUpdates
  | IStreamingEvent;
