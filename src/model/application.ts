import type { CachedRdd } from './cached-rdd';
import type { Executor } from './executor';
import type { Job } from './job';
import type { IShuffle } from './shuffle';
import type { SqlExecution } from './sql-execution';
import type { StageAttempt } from './stage-attempt';
import { TaskTable } from './task-table';

/**
 * Everything one `SparkContext` said. Read it anywhere, write it only in this folder.
 */
export class Application {
  constructor(
    /** The n-th `SparkContext` of its kernel, from 1; 1 for a log. */
    readonly ordinal: number
  ) {}

  /** Spark's application id. */
  id = '';
  name = '';
  sparkVersion = '';
  javaVersion = '';
  master = '';
  user = '';
  /** The Spark UI, as the driver names it. */
  uiUrl: string | null = null;
  /** Cores of all executors that are there. */
  cores = 0;
  /** ms since 1970. */
  startTime: number | null = null;
  endTime: number | null = null;
  /** `stopped` or `gone` (the driver died); null while it lives. */
  endReason: string | null = null;
  connect = false;
  /** How events came: `listener`, `statusStore` or `log`. */
  source = 'log';
  /** Spark properties, redacted by the driver. */
  properties: ReadonlyMap<string, string> = new Map();

  readonly jobs = new Map<number, Job>();
  /** By `${stageId}.${attempt}`. */
  readonly stages = new Map<string, StageAttempt>();
  /** The same by `StageAttempt.ordinal`. */
  readonly stageList: StageAttempt[] = [];
  /** By executor id; a removed one stays. */
  readonly executors = new Map<string, Executor>();
  /** RDDs marked for caching, by id. */
  readonly rdds = new Map<number, CachedRdd>();
  readonly sql = new Map<number, SqlExecution>();
  /** By shuffle id. */
  readonly shuffles = new Map<number, IShuffle>();
  readonly tasks = new TaskTable();
  /** Executor ids, hosts and error texts; columns of tasks hold indices into it. */
  readonly strings: string[] = [];

  /** Events that Spark's queue for us lost. */
  droppedEvents = 0;
  /** Task rows that were dropped to save memory; they are counted all the same. */
  droppedRows = 0;
  /** Events without a meaning here: name → how many were skipped. */
  readonly skippedEvents = new Map<string, number>();
  /** Newest time seen in its events, ms since 1970. */
  now = 0;

  /** The attempts of a stage, oldest first. */
  attemptsOf(stageId: number): readonly StageAttempt[] {
    return [];
  }
}
