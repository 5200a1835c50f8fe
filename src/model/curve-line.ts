import type { Curve } from './curve';
import { CurveExamples } from './curve-examples';
import { CurvePoints } from './curve-points';
import { ServedModel } from './served-model';

export const LINE_KINDS = [
  'online',
  'batch',
  'probe',
  'metric',
  'epochs'
] as const;
/**
 * What a line is: a learner that learns row by row or micro-batch by micro-batch, one that is trained again on everything, what a
 * learner gets wrong of rows kept aside, a number, or what it got wrong in each epoch of a training.
 */
export type CurveLineKind = (typeof LINE_KINDS)[number];

export const LOSSES = ['zeroOne', 'squared', 'log', 'value'] as const;
/** What is added up; `value`: a number that is no loss. */
export type CurveLoss = (typeof LOSSES)[number];

/** The line w₀ + w₁·x + w₂·y = 0 that a linear model draws between its classes, and some rows. */
export interface ICurveBoundary {
  /** Examples. */
  readonly at: number;
  readonly features: readonly [string, string];
  readonly weights: readonly [number, number, number];
  readonly sample: readonly {
    readonly x: number;
    readonly y: number;
    /** Index into the curve's classes. */
    readonly label: number;
  }[];
}

/** Rows of a line that were predicted before their labels came. */
export interface IAwaited {
  /** Rows that have no label yet. */
  readonly rows: number;
  /** Rows whose labels have come. */
  readonly labelled: number;
  /** Rows that came between a row and its label, of the newest 1,000 labels: their median and the most; nothing before the first. */
  readonly delays: readonly number[];
  /** Rows that are not awaited any more. */
  readonly letGo: number;
  /** ms since 1970. */
  readonly time: number;
}

/** One learner's line on a curve, or a probe's, or a number's. */
export class CurveLine {
  constructor(
    readonly curve: Curve,
    /** Counts the lines of its curve from 0. */
    readonly id: number
  ) {}

  /** Whether it was heard of that it begins. */
  opened = false;
  name = '';
  kind: CurveLineKind = 'metric';
  /** Id of the line that it belongs to. */
  of: number | null = null;
  loss: CurveLoss = 'value';
  /** Class of the learner. */
  learner: string | null = null;
  /** ms since 1970. */
  startTime = 0;
  readonly points = new CurvePoints();
  /** What is known of single examples. */
  readonly examples = new CurveExamples();
  boundary: ICurveBoundary | null = null;
  /** Labels that come later than their rows; null where they come together. */
  awaited: IAwaited | null = null;
  /** How its model is served. */
  readonly served = new ServedModel();

  /** What to call it. */
  get label(): string {
    return this.name || this.learner || String(this.id);
  }
}
