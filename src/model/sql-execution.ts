import type { ISparkPlanInfo, Properties } from '../events';
import type { ISqlMetricSummary } from './sql-metric-summary';
import type { IToldMetrics } from './told-metrics';

/** One version of a plan: the first, or what adaptive execution made of it. */
export interface IPlanVersion {
  readonly plan: ISparkPlanInfo;
  readonly physicalPlanDescription: string;
}

/** One execution of a SQL query or of a DataFrame action. */
export class SqlExecution {
  constructor(readonly id: number) {}

  rootExecutionId: number | null = null;
  description = '';
  details = '';
  /** ms since 1970. */
  submissionTime: number | null = null;
  completionTime: number | null = null;
  /** What its end said: nothing or an empty text when it succeeded; logs before Spark 3.4 never say anything. */
  errorMessage: string | null = null;
  /** Since Spark 4.2. */
  queryId: string | null = null;
  /** The session's settings that are not the default. */
  modifiedConfigs: Properties | null = null;
  readonly jobIds: number[] = [];
  /** All versions, oldest first. */
  readonly plans: IPlanVersion[] = [];

  // What follows is `SqlTracker`'s.

  /** Whether it has begun, and whether its end and those of all its jobs have come. */
  phase: 'new' | 'running' | 'over' = 'new';
  /** Whether a job began when it was over. */
  isReopened = false;
  /** How many ends are to come: its own and those of its jobs. */
  endsToCome = 1;
  readonly stageIds = new Set<number>();
  /** Accumulator → metric type, of all versions of the plan. */
  readonly metricTypes = new Map<number, string>();
  /** Pairs of an accumulator and what the driver added to it. */
  readonly driverUpdates: [number, number][] = [];
  /** By accumulator, when it has ended; while it runs ask `Application.sqlMetrics`. */
  metrics: ReadonlyMap<number, ISqlMetricSummary> | null = null;
  /** What the listener added up in the driver; null where Spark's own events are all there is. */
  toldMetrics: IToldMetrics | null = null;

  /** Why it failed. */
  get error(): string | null {
    return this.errorMessage || null;
  }

  /** The newest plan. */
  get plan(): ISparkPlanInfo | null {
    return this.plans[this.plans.length - 1]?.plan ?? null;
  }

  get physicalPlanDescription(): string {
    return this.plans[this.plans.length - 1]?.physicalPlanDescription ?? '';
  }
}
