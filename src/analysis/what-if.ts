// An aggregate (3) of replays.
import { coresOf } from './advice/stage-load';
import { replay, replayPlan } from './replay-tasks';
import type { ITimeSplit } from './critical-path';

/** What a scope's time would have been. */
export interface IWhatIf {
  readonly cores: number;
  /** With every stage's tasks as long as their mean, ms. */
  readonly balancedMs: number;
  /** With the same tasks on twice the cores, ms. */
  readonly twiceCoresMs: number;
  /** How far the replay of what really happened was from what was measured, as a part of that; above 0 when it took longer. */
  readonly error: number;
}

/** A replay that is off by more says nothing. */
const TRUSTED_ERROR = 0.2;

/**
 * Estimate what even partitions and more cores would bring: the measured tasks are replayed as they were, with each stage's mean, and on
 * twice the cores. The first tells how good a replay is; by as much as it is off the others are corrected.
 *
 * @returns null while the scope runs, when tasks are missing, when more than one application took part, and when the replay is too far off.
 */
export function whatIf(split: ITimeSplit): IWhatIf | null {
  const { window, wallMs, droppedRows } = split;
  const application = window.parts[0]?.application;
  if (
    !application ||
    !window.isOver ||
    droppedRows > 0 ||
    wallMs <= 0 ||
    window.parts.length > 1
  ) {
    return null;
  }
  const plan = replayPlan(window);
  const cores = coresOf(application);
  const asItWas = replay(plan, cores, stage => stage.durationsMs);
  if (asItWas === null || Math.abs(asItWas / wallMs - 1) > TRUSTED_ERROR) {
    return null;
  }
  const balanced = replay(plan, cores, ({ durationsMs }) => {
    const mean = durationsMs.reduce((a, b) => a + b, 0) / durationsMs.length;
    return new Float64Array(durationsMs.length).fill(mean);
  });
  const twice = replay(plan, 2 * cores, stage => stage.durationsMs);
  const scale = wallMs / asItWas;
  const estimate = (ms: number | null): number =>
    Math.min(wallMs, (ms ?? asItWas) * scale);
  return {
    cores,
    balancedMs: estimate(balanced),
    twiceCoresMs: estimate(twice),
    error: asItWas / wallMs - 1
  };
}
