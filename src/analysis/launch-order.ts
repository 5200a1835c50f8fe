import type { TaskTable } from '../model';

/**
 * Rows in the order in which their tasks were launched: by task id, which the
 * scheduler counts up as it launches; by launch time first should the driver's
 * clock have been set back.
 *
 * O(n) as task ids are dense; otherwise a sort.
 *
 * @param rows - row numbers; null means all rows. Not changed.
 */
export function launchOrder(
  tasks: TaskTable,
  rows: Int32Array | null
): Int32Array {
  const count = rows ? rows.length : tasks.length;
  const ids = tasks.taskId;
  let order: Int32Array;
  if (rows) {
    order = rows.slice();
  } else {
    order = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      order[i] = i;
    }
  }
  let sorted = true;
  let least = Infinity;
  let most = -Infinity;
  let before = -Infinity;
  for (let i = 0; i < count; i++) {
    const id = ids[order[i]!]!;
    sorted = sorted && id >= before;
    before = id;
    least = Math.min(least, id);
    most = Math.max(most, id);
  }
  if (!sorted) {
    order =
      most - least < 4 * count + 1024
        ? placeById(order, ids, least, most)
        : order.sort((a, b) => ids[a]! - ids[b]!);
  }
  const launch = tasks.launchTime;
  for (let i = 1; i < count; i++) {
    if (launch[order[i]!]! < launch[order[i - 1]!]!) {
      return order.sort((a, b) => launch[a]! - launch[b]! || ids[a]! - ids[b]!);
    }
  }
  return order;
}

/** A counting sort: every id has its own place. */
function placeById(
  rows: Int32Array,
  ids: ArrayLike<number>,
  least: number,
  most: number
): Int32Array {
  const places = new Int32Array(most - least + 1).fill(-1);
  for (const row of rows) {
    places[ids[row]! - least] = row;
  }
  return places.filter(row => row >= 0);
}
