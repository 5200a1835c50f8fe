import type {
  IAccumulable,
  IEnvironmentUpdate,
  IResourceProfileAdded
} from '../events';
import type { CachedRdd } from './cached-rdd';
import { Executor } from './executor';
import { Job } from './job';
import { ForgottenCosts } from './job-costs';
import type { IShuffle } from './shuffle';
import type { IShuffleRead } from './shuffle-read';
import { SqlExecution } from './sql-execution';
import { SqlTracker } from './sql-tracker';
import { StageAttempt } from './stage-attempt';
import { StreamingQuery } from './streaming-query';
import { TaskTable } from './task-table';
import { Texts } from './texts';

/** A process such as YARN's application master. */
export interface IProcess {
  readonly id: string;
  readonly hostPort: string;
  readonly cores: number;
  /** ms since 1970. */
  readonly addTime: number;
  readonly logs: ReadonlyMap<string, string>;
}

const NO_JOBS: ReadonlySet<Job> = new Set();

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
  /** Which try of the cluster manager it is; null where there is only one. */
  attemptId: string | null = null;
  name = '';
  sparkVersion = '';
  javaVersion = '';
  master = '';
  user = '';
  /** The Spark UI, as the driver names it. */
  uiUrl: string | null = null;
  /** Run id of the cell it was made in, if any. */
  cellRunId: string | null = null;
  /** ms since 1970. */
  startTime: number | null = null;
  endTime: number | null = null;
  /** `stopped` or `gone` (the driver died); null while it lives. */
  endReason: string | null = null;
  exitCode: number | null = null;
  connect = false;
  /** How events came: `listener`, `statusStore` or `log`. */
  source = 'log';
  /** Spark properties, redacted by the driver. */
  properties: ReadonlyMap<string, string> = new Map();
  /** All that Spark said of its environment, as it said it. */
  environment: IEnvironmentUpdate | null = null;
  /** By id. */
  readonly resourceProfiles = new Map<number, IResourceProfileAdded>();
  /** Processes that are neither driver nor executor, by id. */
  readonly processes = new Map<string, IProcess>();

  readonly jobs = new Map<number, Job>();
  /** By `${stageId}.${attempt}`. */
  readonly stages = new Map<string, StageAttempt>();
  /**
   * The same by `StageAttempt.ordinal`: to look up the stage of a task. What was forgotten stands here until another takes its place, so go
   * through `stages` instead.
   */
  readonly stageList: StageAttempt[] = [];
  /** By executor id; a removed one stays. */
  readonly executors = new Map<string, Executor>();
  /** RDDs marked for caching, by id. */
  readonly rdds = new Map<number, CachedRdd>();
  readonly sql = new Map<number, SqlExecution>();
  /** Values of SQL metrics. */
  readonly sqlMetrics = new SqlTracker(this);
  /** Streaming queries by run id, in the order in which they were heard of. */
  readonly streams = new Map<string, StreamingQuery>();
  /** By shuffle id. */
  readonly shuffles = new Map<number, IShuffle>();
  /** By shuffle id: how adaptive execution had them read, in the order in which it was told. */
  readonly shuffleReads = new Map<number, readonly IShuffleRead[]>();
  readonly tasks = new TaskTable();
  /** Row of a task → the accumulators that users named, where there are any; of the first tasks only. */
  readonly taskAccumulables = new Map<number, readonly IAccumulable[]>();
  /** Executor ids, hosts and error texts; columns of tasks hold indices into it. */
  readonly strings: string[] = [];

  /** Events that Spark's queue for us lost. */
  droppedEvents = 0;
  /** Task rows that were dropped to save memory; they are counted all the same. */
  droppedRows = 0;
  /** Jobs of old micro-batches that were let go, with their stages, tasks and plans. */
  forgottenJobs = 0;
  /** What those took, for the lines of training curves. */
  readonly forgottenCosts = new ForgottenCosts();
  /** Events without a meaning here: name → how many were skipped. */
  readonly skippedEvents = new Map<string, number>();
  /** Newest time seen in its events, ms since 1970. */
  now = 0;

  /** Cores of the executors that are there; before the first one is known, what the driver announced. */
  get cores(): number {
    let cores = 0;
    for (const executor of this.executors.values()) {
      cores += executor.isActive ? executor.cores : 0;
    }
    return cores || this.announcedCores;
  }

  /** The attempts of a stage, oldest first. */
  attemptsOf(stageId: number): readonly StageAttempt[] {
    return this._attempts.get(stageId) ?? [];
  }

  /** The jobs that list a stage, whether they run it or skip it. */
  jobsOfStage(stageId: number): readonly Job[] {
    return this._jobsOfStage.get(stageId) ?? [];
  }

  /** The jobs that steps of a training curve's learner ran, in the order in which they were heard of. */
  jobsOfLine(curve: number, line: number): ReadonlySet<Job> {
    return this._jobsOfLine.get(`${curve}:${line}`) ?? NO_JOBS;
  }

  /** What `SparkglassApplication` said. */
  announcedCores = 0;

  // What follows is for the writers in this folder.

  /** Long texts that come with each batch of a stream. */
  readonly texts = new Texts();

  /** Jobs of DStreams that have ended since the batch began. */
  readonly endedOfDStreams: Job[] = [];

  /** Stages that may have rows to close when the batch is over. */
  readonly unsettled = new Set<StageAttempt>();

  /** Keep `now` the newest time. */
  saw(time: number | null): void {
    if (time !== null && time > this.now) {
      this.now = time;
    }
  }

  /** Count an event that nobody reads. */
  skip(name: string): void {
    this.skippedEvents.set(name, (this.skippedEvents.get(name) ?? 0) + 1);
  }

  /** The job of that id, made when it is new. */
  job(id: number): Job {
    let job = this.jobs.get(id);
    if (!job) {
      job = new Job(id, this.ordinal);
      this.jobs.set(id, job);
    }
    return job;
  }

  /** Note that a job is of a step of its line. */
  listOfLine(job: Job): void {
    if (job.curve) {
      const key = `${job.curve.curve}:${job.curve.line}`;
      const jobs = this._jobsOfLine.get(key) ?? new Set();
      this._jobsOfLine.set(key, jobs.add(job));
    }
  }

  /** Forget that it is. */
  unlistOfLine(job: Job): void {
    const { curve } = job;
    this._jobsOfLine.get(`${curve?.curve}:${curve?.line}`)?.delete(job);
  }

  /** Note that a job lists these stages. */
  listStages(job: Job, stageIds: readonly number[]): void {
    job.stageIds = stageIds;
    for (const id of new Set(stageIds)) {
      const jobs = this._jobsOfStage.get(id) ?? [];
      this._jobsOfStage.set(id, jobs.concat(job));
      for (const stage of this.attemptsOf(id)) {
        insert(job.stages, stage);
      }
    }
  }

  /**
   * Forget that a job lists its stages.
   *
   * @returns the attempts that no other job lists: they are forgotten.
   */
  unlistStages(job: Job): StageAttempt[] {
    const gone: StageAttempt[] = [];
    for (const id of new Set(job.stageIds)) {
      const others = this.jobsOfStage(id).filter(other => other !== job);
      if (others.length > 0) {
        this._jobsOfStage.set(id, others);
        continue;
      }
      for (const stage of this.attemptsOf(id)) {
        gone.push(stage);
        this.stages.delete(stage.key);
        this.unsettled.delete(stage);
        this._freeOrdinals.push(stage.ordinal);
      }
      this._jobsOfStage.delete(id);
      this._attempts.delete(id);
    }
    return gone;
  }

  /** The attempt of a stage, made when it is new. */
  stage(id: number, attempt: number): StageAttempt {
    const key = `${id}.${attempt}`;
    let stage = this.stages.get(key);
    if (!stage) {
      const ordinal = this._freeOrdinals.pop() ?? this.stageList.length;
      stage = new StageAttempt(id, attempt, ordinal);
      this.stages.set(key, stage);
      this.stageList[ordinal] = stage;
      const attempts = this._attempts.get(id) ?? [];
      this._attempts.set(id, attempts);
      insert(attempts, stage);
      for (const job of this.jobsOfStage(id)) {
        insert(job.stages, stage);
      }
    }
    return stage;
  }

  /** The executor of that id, made when it is new. */
  executor(id: string, addTime: number): Executor {
    let executor = this.executors.get(id);
    if (!executor) {
      executor = new Executor(id, addTime);
      this.setExecutor(executor);
    }
    return executor;
  }

  /** Add an executor, or put it in the place of an older one of the same id. */
  setExecutor(executor: Executor): void {
    this.executors.set(executor.id, executor);
    this._executorAt = [];
  }

  /** The executor whose id is that string; null while the string is not known. */
  executorAt(string: number, addTime: number): Executor | null {
    const known = this._executorAt[string];
    if (known) {
      return known;
    }
    const id = this.strings[string];
    if (id === undefined || id === '') {
      return null;
    }
    const executor = this.executor(id, addTime);
    this._executorAt[string] = executor;
    return executor;
  }

  /** The SQL execution of that id, made when it is new. */
  sqlExecution(id: number): SqlExecution {
    let execution = this.sql.get(id);
    if (!execution) {
      execution = new SqlExecution(id);
      this.sql.set(id, execution);
    }
    return execution;
  }

  /** The run of a streaming query, made when it is new. */
  streamingQuery(id: string, runId: string): StreamingQuery {
    let query = this.streams.get(runId);
    if (!query) {
      query = new StreamingQuery(id, runId);
      this.streams.set(runId, query);
    }
    return query;
  }

  /** Places in `stageList` whose stage is forgotten. */
  private readonly _freeOrdinals: number[] = [];
  private readonly _attempts = new Map<number, StageAttempt[]>();
  private readonly _jobsOfStage = new Map<number, Job[]>();
  /** By `curve:line`. */
  private readonly _jobsOfLine = new Map<string, Set<Job>>();
  private _executorAt: (Executor | undefined)[] = [];
}

/** Keep attempts in order of id and attempt. */
function insert(stages: StageAttempt[], stage: StageAttempt): void {
  let at = stages.length;
  while (at > 0 && isAfter(stages[at - 1]!, stage)) {
    at--;
  }
  if (stages[at - 1] !== stage) {
    stages.splice(at, 0, stage);
  }
}

function isAfter(a: StageAttempt, b: StageAttempt): boolean {
  return a.id > b.id || (a.id === b.id && a.attempt > b.attempt);
}
