/**
 * Where the bytes of logs come from: JupyterLab's contents, a disk, a server's route, a test's memory.
 */

/** A file that can be read in ranges. */
export interface ILogFile {
  /** Its last path segment. */
  readonly name: string;
  /**
   * Its length in bytes now; a log in progress grows.
   *
   * @throws when it is gone, also because it was renamed.
   */
  size(): Promise<number>;
  /**
   * The bytes `from` ≤ i < `to`; fewer when the file ends before `to`. The array is the caller's to keep.
   *
   * @throws when it is gone.
   */
  read(from: number, to: number): Promise<Uint8Array>;
}

/** A folder, as it is now. */
export interface ILogFolder {
  /** Its last path segment. */
  readonly name: string;
  /** What it holds, in any order. */
  list(): Promise<{
    readonly files: readonly ILogFile[];
    readonly folders: readonly ILogFolder[];
  }>;
}
