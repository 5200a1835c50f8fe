import type { CurveLine } from './curve-line';
import { ServedModel } from './served-model';

export const MARK_KINDS = [
  'fault',
  'drift',
  'detection',
  'retrain',
  'policy',
  'version',
  'mark',
  'mistake'
] as const;
export type CurveMarkKind = (typeof MARK_KINDS)[number];

export const MARK_PATTERNS = [
  'sudden',
  'gradual',
  'recurring',
  'sensor',
  'flood'
] as const;
/** How a drift comes, or what kind of fault it is: a value that stands still, or forged rows. */
export type MarkPattern = (typeof MARK_PATTERNS)[number];

/** Something that happened on a curve: a fault that was injected, a drift that was detected, a retrain, an action of a policy. */
export interface ICurveMark {
  /** Unique in its curve. */
  readonly ordinal: number;
  /** Id of the line it is about; null for all. */
  readonly line: number | null;
  readonly kind: CurveMarkKind;
  readonly name: string;
  readonly detail: string;
  /** Examples; null where that is not known. */
  readonly start: number | null;
  /** Examples; null where it is a moment, or not over yet. */
  readonly end: number | null;
  /** Of a detection: what became of the error. */
  readonly direction: 'worse' | 'better' | null;
  /** Of a drift or a fault. */
  readonly pattern: MarkPattern | null;
  /** ms since 1970. */
  readonly time: number;
}

/** A set of axes with the lines of learners on it. Read it anywhere, write it only in this folder. */
export class Curve {
  constructor(
    /** Counts the curves of a kernel from 1. */
    readonly id: number
  ) {}

  /** Whether it was heard of that it was opened; what came before may have been lost. */
  opened = false;
  name = '';
  /** The run of the cell that opened it; null for none. */
  cellRunId: string | null = null;
  /** The labels as text; null where it is no classification, or not known. */
  classes: readonly string[] | null = null;
  /** The fading factor to begin with. */
  alpha = 0.99;
  /** ms since 1970; points count their time from here. */
  startTime = 0;
  /** ms since 1970; null while points may come. */
  endTime: number | null = null;
  endReason: 'finished' | 'error' | null = null;
  /** In the order of their ids. */
  readonly lines: CurveLine[] = [];
  /** In the order of their ordinals. */
  readonly marks: ICurveMark[] = [];
  /** Further ones, of which nothing is kept. */
  moreMarks = 0;
  /** How a model is served that is no line's. */
  readonly served = new ServedModel();
  /** Rises with every word about it. */
  revision = 0;

  /** The line of an id; null when it was not heard of. */
  line(id: number | null): CurveLine | null {
    return this.lines.find(line => line.id === id) ?? null;
  }

  /** The lines that belong to another: its probe, its numbers, its epochs. */
  linesOf(id: number): readonly CurveLine[] {
    return this.lines.filter(line => line.of === id);
  }

  /** Whether anything was scored on any line. */
  get hasPoints(): boolean {
    return this.lines.some(line => line.points.length > 0);
  }

  /** What to call it. */
  get label(): string {
    return this.name || String(this.id);
  }
}
