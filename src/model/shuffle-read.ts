import {
  idOf,
  idsOf,
  listOf,
  numberOf,
  type ISparkglassShuffleRead
} from '../events';

/** What one partition of a reading stage reads of a shuffle; both ends are from and to, the latter not included. */
export interface IReadSpec {
  readonly reducerFrom: number;
  readonly reducerTo: number;
  /** Null where it reads what all maps wrote. */
  readonly maps: { readonly from: number; readonly to: number } | null;
}

/** How a stage reads a shuffle after adaptive execution has looked at its sizes: `AQEShuffleReadExec`. */
export interface IShuffleRead {
  readonly executionId: number;
  readonly shuffleId: number;
  /** Which read of that shuffle in the plan, from 0. */
  readonly read: number;
  /** How many partitions, and with it tasks, the reading stage has. */
  readonly partitions: number;
  /** Each task reads what was written where it runs, so nothing moves between executors. */
  readonly local: boolean;
  /** By partition of the reading stage; of very many partitions the first. */
  readonly specs: readonly IReadSpec[];
}

/** Read the event; null when it does not say which shuffle it is about. A list that says nothing ends the specs. */
export function shuffleReadFrom(
  event: ISparkglassShuffleRead
): IShuffleRead | null {
  const shuffleId = idOf(event['Shuffle ID']);
  const executionId = idOf(event['Execution ID']);
  if (shuffleId < 0 || executionId < 0) {
    return null;
  }
  const lists = listOf(event.Specs).map(list => idsOf(list));
  const end = lists.findIndex(list => list.length !== 2 && list.length !== 4);
  const specs = (end < 0 ? lists : lists.slice(0, end)).map(specFrom);
  return {
    executionId,
    shuffleId,
    read: Math.max(0, idOf(event.Read)),
    partitions: numberOf(event.Partitions, specs.length),
    local: event.Local === true,
    specs
  };
}

function specFrom(list: readonly number[]): IReadSpec {
  return {
    reducerFrom: list[0]!,
    reducerTo: list[1]!,
    maps: list.length === 4 ? { from: list[2]!, to: list[3]! } : null
  };
}
