import type { Application, StageAttempt, StreamingQuery } from '../../model';
import type { FailureKind } from '../failure';
import type { StreamAdvice } from './stream-advice';

export * from './stream-advice';

/** The rules, in the order in which they are listed; the same names are in the settings. */
export const RULES = [
  'skew',
  'tinyTasks',
  'fewPartitions',
  'spill',
  'gc',
  'rereadSource',
  'unusedCache',
  'cartesian',
  'bigCollect',
  'pythonUdf',
  'broadcast',
  'driverIdle',
  'failedTasks',
  'smallFiles',
  'fallingBehind',
  'tinyBatches',
  'noWatermark',
  'growingState',
  'statePartitions',
  'notStopped',
  'sharedCheckpoint'
] as const;

export type RuleId = (typeof RULES)[number];

/** How sure it is that there is a fault and that the change mends it. */
export type Certainty =
  /** The events show both. */
  | 'sure'
  /** The events show the fault; whether the change fits depends on code that they do not show. */
  | 'likely'
  /** It may be meant to be so. */
  | 'maybe';

/** What could be done. */
export type TryThis =
  | {
      readonly kind: 'setting';
      readonly key: string;
      readonly value: string;
      /** What it is now, where the events say it. */
      readonly now: string | null;
    }
  | {
      readonly kind: 'code';
      readonly before: readonly string[];
      readonly after: readonly string[];
    };

/** What advice is about, as narrowly as it is known. */
export interface IAdviceSubject {
  readonly application: Application;
  readonly stage: StageAttempt | null;
  /** Row of the task table. */
  readonly taskRow: number | null;
  readonly executionId: number | null;
  /** Number of a node in the graph of the execution's newest plan. */
  readonly planNode: number | null;
  /** The streaming query that it is about, when it is about one as a whole. */
  readonly query: StreamingQuery | null;
}

/** What a rule found; the figures of each rule are its evidence. */
export interface IAdviceOf<Rule extends RuleId> {
  readonly rule: Rule;
  readonly certainty: Certainty;
  readonly about: IAdviceSubject;
  /** About how much time the change may save, ms of waiting; null where nothing measured tells it. */
  readonly gainMs: number | null;
  readonly tryThis: TryThis;
}

/** One task had far more data than the others, and its stage waited for it. */
export interface ISkewAdvice extends IAdviceOf<'skew'> {
  readonly partition: number;
  readonly durationMs: number;
  readonly medianMs: number;
  /** What it read, and what half of the tasks read at most, bytes. */
  readonly bytes: number;
  readonly medianBytes: number;
}

/** Starting the tasks of a stage took longer than their work. */
export interface ITinyTasksAdvice extends IAdviceOf<'tinyTasks'> {
  readonly tasks: number;
  readonly medianMs: number;
  readonly spanMs: number;
  /** Tasks that would do. */
  readonly enough: number;
}

/** A long stage had fewer tasks than there are cores. */
export interface IFewPartitionsAdvice extends IAdviceOf<'fewPartitions'> {
  readonly tasks: number;
  readonly cores: number;
  readonly spanMs: number;
}

/** The tasks of a stage did not fit into memory. */
export interface ISpillAdvice extends IAdviceOf<'spill'> {
  readonly diskBytes: number;
  readonly memoryBytes: number;
  readonly tasks: number;
}

/** A large part of the tasks' time went into clearing memory. */
export interface IGcAdvice extends IAdviceOf<'gc'> {
  readonly gcMs: number;
  readonly runMs: number;
  /** Memory of the process, as set; null when it is the default. */
  readonly memory: string | null;
}

/** The same files were read, or the same RDD was computed, more than once. */
export interface IRereadAdvice extends IAdviceOf<'rereadSource'> {
  /** Name of the folder, file or RDD. */
  readonly source: string;
  readonly times: number;
  /** Read again, bytes; 0 when no task told it. */
  readonly againBytes: number;
  /** How long it took to read all but the first time. */
  readonly againMs: number;
}

/** Data was cached, and nothing read it after it was computed. */
export interface IUnusedCacheAdvice extends IAdviceOf<'unusedCache'> {
  readonly rddId: number;
  readonly name: string;
  readonly storageLevel: string;
  /** What it occupied at last, bytes; 0 when nobody told it. */
  readonly bytes: number;
}

/** Every row of one side was paired with every row of the other. */
export interface ICartesianAdvice extends IAdviceOf<'cartesian'> {
  readonly operator: string;
  /** Pairs that were looked at; null when the plan's metrics do not tell it. */
  readonly pairs: number | null;
}

/** Many rows were brought to the driver. */
export interface IBigCollectAdvice extends IAdviceOf<'bigCollect'> {
  readonly action: string;
  readonly bytes: number;
  /** Null when nobody told it. */
  readonly rows: number | null;
}

/** Rows were handed to Python one by one. */
export interface IPythonUdfAdvice extends IAdviceOf<'pythonUdf'> {
  /** As in the plan: a function's name or `<lambda>`. */
  readonly name: string;
  readonly rows: number | null;
  /** Spark's own function that may do the same. */
  readonly builtIn: string | null;
}

/** Both sides of a join were shuffled though one is small. */
export interface IBroadcastAdvice extends IAdviceOf<'broadcast'> {
  readonly smallBytes: number;
  readonly bigBytes: number;
  /** Spark saw it itself, but only when both sides had been shuffled. */
  readonly isLate: boolean;
}

/** Between the jobs of a run nothing ran. */
export interface IDriverIdleAdvice extends IAdviceOf<'driverIdle'> {
  readonly idleMs: number;
  readonly wallMs: number;
  readonly jobs: number;
  /** The jobs between which the longest pause was. */
  readonly before: number;
  readonly after: number;
  readonly longestMs: number;
}

/** Tasks failed and were run again. */
export interface IFailedTasksAdvice extends IAdviceOf<'failedTasks'> {
  readonly tasks: number;
  readonly lostMs: number;
  readonly failure: FailureKind;
  readonly headline: string;
}

/** Much data in many small files. */
export interface ISmallFilesAdvice extends IAdviceOf<'smallFiles'> {
  readonly isWrite: boolean;
  readonly files: number;
  readonly bytes: number;
}

export type Advice =
  | ISkewAdvice
  | ITinyTasksAdvice
  | IFewPartitionsAdvice
  | ISpillAdvice
  | IGcAdvice
  | IRereadAdvice
  | IUnusedCacheAdvice
  | ICartesianAdvice
  | IBigCollectAdvice
  | IPythonUdfAdvice
  | IBroadcastAdvice
  | IDriverIdleAdvice
  | IFailedTasksAdvice
  | ISmallFilesAdvice
  | StreamAdvice;
