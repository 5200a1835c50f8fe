/** One push of the kernel (docs/protocol.md, section 4). */
export interface IPush {
  readonly v: number;
  /** Id of the kernel process: another one means that everything begins anew. */
  readonly kernel: string;
  /** Counts from 1 without holes. */
  readonly seq: number;
  readonly frame: Uint8Array;
}

/** What the kernel answered to a request. */
export interface IReply {
  readonly content: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

/** The two ways between page and kernel, without Jupyter's names: a test speaks through it too. */
export interface IKernelPort {
  /** Call back on every push; returns how to stop. */
  listen(onPush: (push: IPush) => void): () => void;
  /**
   * Ask the kernel, also while a cell runs.
   *
   * @throws (as a rejection) when the connection is gone or no answer came.
   */
  request(content: Readonly<Record<string, unknown>>): Promise<IReply>;
}
