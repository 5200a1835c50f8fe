import { CachePlace } from '../../analysis/cached-data';
import type { IWeave } from '../../analysis/lineage-weave';
import { TaskState } from '../../model';

/** How the partitions of a slot stand. */
export type CellState =
  | 'done'
  | 'running'
  | 'failed'
  /** Nobody has worked on it, or need. */
  | 'idle'
  /** It is there, but nothing is in it. */
  | 'empty'
  /** Something after it came from the cache. */
  | 'spared'
  | 'memory'
  | 'disk'
  | 'absent';

/** A slot, summed up. */
export interface ICell {
  readonly state: CellState;
  /** How much it holds beside the fullest of its step, 0–1. */
  readonly share: number;
}

/** The cells of a step. */
export function cellsOf(woven: IWeave, step: number): ICell[] {
  const slots = woven.slots[step]!;
  const facts = woven.tasks[step]!;
  const { application, steps } = woven.lineage;
  const { cached, kind, isReused } = steps[step]!;
  const states = application.tasks.state;
  const readsShuffle = steps[step]!.stage.parentIds.length > 0;
  const weights = facts.bytes.some(bytes => bytes > 0)
    ? facts.bytes
    : facts.records;
  const sums = new Float64Array(Math.max(0, slots.length - 1));
  const cells = Array.from(sums, (_, slot): CellState => {
    let [done, running, failed, spared, memory, disk] = [0, 0, 0, 0, 0, 0];
    for (let p = slots[slot]!; p < slots[slot + 1]!; p++) {
      sums[slot] = Math.max(sums[slot]!, weights[p]!);
      const row = facts.rows[p]!;
      const state = row < 0 ? -1 : states[row]!;
      running += state === TaskState.running ? 1 : 0;
      failed += state === TaskState.failed ? 1 : 0;
      done += state === TaskState.succeeded ? 1 : 0;
      spared += facts.spared[p]!;
      const place = cached?.places[p] ?? 0;
      memory += place & CachePlace.memory ? 1 : 0;
      disk += place === CachePlace.disk ? 1 : 0;
    }
    const count = slots[slot + 1]! - slots[slot]!;
    if (cached?.isKnown) {
      // A cell that stands for several shows what most of them are.
      return memory * 2 >= count
        ? 'memory'
        : (memory + disk) * 2 >= count
          ? 'disk'
          : 'absent';
    }
    if (failed > 0) {
      return 'failed';
    }
    if (running > 0) {
      return 'running';
    }
    if (isReused || spared === count) {
      return 'spared';
    }
    // Without rows of its own a task of a later stage has read nothing.
    const canTell = kind === 'written' || (done > 0 && readsShuffle);
    if (canTell && sums[slot] === 0) {
      return 'empty';
    }
    return done > 0 || kind === 'written' || !facts.isTold ? 'done' : 'idle';
  });
  const most = Math.max(...sums, 0);
  return cells.map((state, slot) => ({
    state,
    share: most > 0 ? sums[slot]! / most : 1
  }));
}
