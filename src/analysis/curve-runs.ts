// A range (3) of curves: earlier runs of the same, to compare with.
import type { CellRun, Curve } from '../model';

/** So many earlier runs can be compared with, the newest. */
export const MOST_EARLIER = 8;

/** The same curve in an earlier run of its cell. */
export interface IEarlierCurve {
  /** The id of the run. */
  readonly key: string;
  readonly curve: Curve;
  /** Counts the runs of the cell from 1; null of the run that was read from the notebook's file. */
  readonly number: number | null;
}

/** An earlier run that is drawn behind, and how the present one is counted then. */
export interface IEarlierCurves {
  /** Oldest first. */
  readonly earlier: readonly IEarlierCurve[];
  /** The number of the present run. */
  readonly number: number;
}

/**
 * The curves of the same name in earlier runs of a cell, those with points.
 *
 * @param run - the run whose curve is shown; null where it is of no cell.
 * @param saved - runs that the notebook's file has held, oldest first: the newest that is not there anyway is offered.
 */
export function earlierCurves(
  run: CellRun | null,
  curve: Curve,
  saved: readonly CellRun[]
): IEarlierCurves {
  const runs: CellRun[] = [];
  for (let at = run?.previous ?? null; at; at = at.previous) {
    runs.unshift(at);
  }
  const same = (one: CellRun): Curve | undefined =>
    one.curves
      .filter(({ label, hasPoints }) => label === curve.label && hasPoints)
      .pop();
  const own = runs.flatMap((one, i) => {
    const found = same(one);
    return found ? [{ key: one.id, curve: found, number: i + 1 }] : [];
  });
  const isLive = (id: string): boolean =>
    id === run?.id || runs.some(one => one.id === id);
  const file = saved.filter(({ id }) => !isLive(id)).pop();
  const kept = file && same(file);
  return {
    earlier: [
      ...(kept ? [{ key: file!.id, curve: kept, number: null }] : []),
      ...own.slice(-MOST_EARLIER)
    ],
    number: runs.length + 1
  };
}
