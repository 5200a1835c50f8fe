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
