// An aggregate (3): the one thing worth saying about where the time went.
import { stragglerOf } from './timeline-verdict';
import {
  TIME_PARTS,
  type IPathTask,
  type ITimeSplit,
  type TimePart
} from './critical-path';

export type TimeVerdict =
  /** Nothing has run yet. */
  | { readonly kind: 'nothing' }
  /** It still goes on. */
  | { readonly kind: 'running'; readonly wallMs: number }
  /** Too short to be worth a thought. */
  | { readonly kind: 'short'; readonly wallMs: number }
  /** One task, much longer than its like, has a large part of it. */
  | {
      readonly kind: 'partition';
      readonly share: number;
      readonly wallMs: number;
      readonly task: IPathTask;
    }
  /** One part has most of it. */
  | {
      readonly kind: 'part';
      readonly share: number;
      readonly wallMs: number;
      readonly part: TimePart;
    };

/** Nobody waits for less. */
const SHORT_MS = 1000;
/** A task with this part of the time is the thing to name. */
const ONE_TASK = 1 / 3;

/** Judge where the time went. */
export function timeVerdict(split: ITimeSplit | null): TimeVerdict {
  if (!split) {
    return { kind: 'nothing' };
  }
  const { wallMs, partsMs, longest, window } = split;
  if (!window.isOver) {
    return { kind: 'running', wallMs };
  }
  if (wallMs < SHORT_MS) {
    return { kind: 'short', wallMs };
  }
  if (longest && longest.ms >= wallMs * ONE_TASK) {
    const { application, stage } = longest;
    const slowest = stragglerOf(application.tasks, stage, application.now);
    if (slowest?.row === longest.row) {
      const share = longest.ms / wallMs;
      return { kind: 'partition', share, wallMs, task: longest };
    }
  }
  const part = TIME_PARTS.reduce((a, b) => (partsMs[b] > partsMs[a] ? b : a));
  return { kind: 'part', share: partsMs[part] / wallMs, wallMs, part };
}
