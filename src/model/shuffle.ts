import {
  idOf,
  idsOf,
  numberOf,
  textOf,
  type ISparkglassShuffle
} from '../events';

/** The sizes of a finished shuffle, as the driver's map output tracker has them (at most 10 % over, never under). */
export interface IShuffle {
  readonly id: number;
  readonly stageId: number;
  readonly stageAttempt: number;
  /** Map tasks and reduce partitions. */
  readonly maps: number;
  readonly reducers: number;
  /** Bytes a map wrote, at most 512 entries, else added up in equal runs. */
  readonly mapSizesBytes: readonly number[];
  /** Bytes a reducer reads, the same. */
  readonly reduceSizesBytes: readonly number[];
  readonly matrix: IShuffleMatrix | null;
  /** Fewer than `maps` when only every k-th was read. */
  readonly sampledMaps: number;
}

/** Map × reduce, downsampled above 512 × 512. */
export interface IShuffleMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Row after row: `ceil(log1.1(bytes))`, 0 = empty. */
  readonly logSizes: Uint8Array;
}

/** Read the event; null when it does not say which shuffle of which stage it is. A matrix whose size is wrong is left out. */
export function shuffleFrom(event: ISparkglassShuffle): IShuffle | null {
  const id = idOf(event['Shuffle ID']);
  const stageId = idOf(event['Stage ID']);
  if (id < 0 || stageId < 0) {
    return null;
  }
  const maps = numberOf(event.Maps, 0);
  return {
    id,
    stageId,
    stageAttempt: Math.max(0, idOf(event['Stage Attempt ID'])),
    maps,
    reducers: numberOf(event.Reducers, 0),
    mapSizesBytes: idsOf(event['Map Sizes']),
    reduceSizesBytes: idsOf(event['Reduce Sizes']),
    matrix: matrixFrom(event.Matrix),
    sampledMaps: numberOf(event['Sampled Maps'], maps)
  };
}

function matrixFrom(
  matrix: ISparkglassShuffle['Matrix']
): IShuffleMatrix | null {
  const rows = idOf(matrix?.Rows);
  const columns = idOf(matrix?.Columns);
  const logSizes = bytesFrom(textOf(matrix?.['Log Sizes'], ''));
  return rows > 0 && columns > 0 && logSizes.length === rows * columns
    ? { rows, columns, logSizes }
    : null;
}

function bytesFrom(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), char => char.charCodeAt(0));
  } catch {
    return new Uint8Array(0);
  }
}
