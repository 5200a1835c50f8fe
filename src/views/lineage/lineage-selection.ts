import type { IWeave } from '../../analysis/lineage-weave';
import { slotOf } from '../../analysis/lineage-threads';
import type { ISelection } from '../selection';
import type { IPlace } from './lineage-keys';

/** What a cell is to the other views: the task that worked on it, or its stage. */
export function selectionOf(
  { lineage, slots, tasks }: IWeave,
  { step, slot }: IPlace
): ISelection | null {
  const { worker } = lineage.steps[step]!;
  if (!worker) {
    return null;
  }
  const first = slots[step]![slot] ?? -1;
  const isOne = slot >= 0 && slots[step]![slot + 1] === first + 1;
  const row = isOne ? tasks[step]!.rows[first]! : -1;
  const { application } = lineage;
  const own = application.stageList[application.tasks.stage[row] ?? -1];
  const key = { application: application.ordinal };
  return row >= 0 && own
    ? { ...key, stageKey: own.key, taskRow: row }
    : { ...key, stageKey: worker.key };
}

/** Where a task that another view points at worked last; null when it is not in the picture. */
export function placeOf(
  { lineage, slots, tasks }: IWeave,
  selection: ISelection | null
): IPlace | null {
  const row = selection?.taskRow;
  if (
    row === undefined ||
    selection?.application !== lineage.application.ordinal
  ) {
    return null;
  }
  for (const { id } of [...lineage.steps].reverse()) {
    const partition = tasks[id]!.rows.indexOf(row);
    if (partition >= 0) {
      return { step: id, slot: slotOf(slots[id]!, partition) };
    }
  }
  return null;
}
