import type { IAdviceOf } from './advice';

/** Each batch takes longer than the one before, or more and more rows wait. */
export interface IFallingBehindAdvice extends IAdviceOf<'fallingBehind'> {
  /** How many of the newest batches were compared. */
  readonly batches: number;
  /** Of the first and of the last of them: mean times of a batch. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** Rows that arrive a second, and rows that are read a second while it works. */
  readonly inputRate: number;
  readonly processedRate: number;
  /** Rows that wait; null where the source does not tell. */
  readonly backlogRows: number | null;
}

/** Batch follows batch, each with next to nothing in it. */
export interface ITinyBatchesAdvice extends IAdviceOf<'tinyBatches'> {
  readonly batches: number;
  readonly medianRows: number;
  readonly medianMs: number;
  /** Part of the time in which it works, 0–1. */
  readonly busyShare: number;
}

/** What keeps rows between batches. */
export type StateKind = 'window' | 'keys' | 'distinct' | 'join';

/** State that no watermark limits. */
export interface INoWatermarkAdvice extends IAdviceOf<'noWatermark'> {
  readonly state: StateKind;
  /** Rows in it after the newest batch. */
  readonly stateRows: number;
}

/** State from which nothing is removed, though there is a watermark. */
export interface IGrowingStateAdvice extends IAdviceOf<'growingState'> {
  readonly batches: number;
  readonly fromRows: number;
  readonly stateRows: number;
  readonly stateBytes: number;
  /** The output mode wants all of it, the key has no event time in it, or the watermark waits very long. */
  readonly why: 'complete' | 'key' | 'delay';
  /** How long the watermark waits for late rows, ms; null when that is not why. */
  readonly delayMs: number | null;
}

/** Many partitions of next to no state. */
export interface IStatePartitionsAdvice extends IAdviceOf<'statePartitions'> {
  readonly partitions: number;
  /** The most that there were after a batch. */
  readonly stateRows: number;
  readonly medianMs: number;
  readonly enough: number;
}

/** A query that nobody stopped. */
export interface INotStoppedAdvice extends IAdviceOf<'notStopped'> {
  readonly batches: number;
  /** Spark ended while it ran, its cell ran again and started another, or it has had nothing to do for long. */
  readonly why: 'ended' | 'again' | 'idle';
  /** How long it has had nothing to do, ms; null when that is not why. */
  readonly idleMs: number | null;
}

/** Two queries with one checkpoint. */
export interface ISharedCheckpointAdvice extends IAdviceOf<'sharedCheckpoint'> {
  /** Name of the query that took the checkpoint or lost it; null when it is another program's. */
  readonly other: string | null;
  /** Whether this query is the one that took it. */
  readonly tookIt: boolean;
}

/** What the rules for streaming queries found. */
export type StreamAdvice =
  | IFallingBehindAdvice
  | ITinyBatchesAdvice
  | INoWatermarkAdvice
  | IGrowingStateAdvice
  | IStatePartitionsAdvice
  | INotStoppedAdvice
  | ISharedCheckpointAdvice;
