/**
 * Spark's events about what an application may use, as its event log spells them: see `spark.ts`.
 */
import type { Properties } from './properties';

/** What one executor or one task of a profile asks for. */
export interface IResourceRequest {
  'Resource Name'?: string;
  Amount?: number;
  'Discovery Script'?: string;
  Vendor?: string;
}

export interface IResourceProfileAdded {
  Event: 'SparkListenerResourceProfileAdded';
  'Resource Profile Id'?: number;
  'Executor Resource Requests'?: Readonly<Record<string, IResourceRequest>>;
  'Task Resource Requests'?: Readonly<Record<string, IResourceRequest>>;
}

/**
 * `ExecutorExcluded`, `ExecutorUnexcluded`, `ExecutorExcludedForStage`, `NodeExcluded`, … and their older twins `…Blacklisted…`; which
 * fields are there depends on what is excluded from what.
 */
export interface IExclusion {
  Event: `org.apache.spark.scheduler.SparkListener${'Executor' | 'Node'}${
    | 'Excluded'
    | 'ExcludedForStage'
    | 'Unexcluded'
    | 'Blacklisted'
    | 'BlacklistedForStage'
    | 'Unblacklisted'}`;
  executorId?: string;
  hostId?: string;
  stageId?: number;
  stageAttemptId?: number;
}

export interface IMiscellaneousProcessAdded {
  Event: 'org.apache.spark.scheduler.SparkListenerMiscellaneousProcessAdded';
  time?: number;
  processId?: string;
  info?: { hostPort?: string; cores?: number; logUrlInfo?: Properties };
}
