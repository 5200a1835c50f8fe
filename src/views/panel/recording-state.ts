/** What a recording does and has done. */
export interface IRecordingState {
  readonly phase: 'starting' | 'recording' | 'stopping' | 'done' | 'failed';
  /** When it was begun, ms since 1970. */
  readonly since: number;
  /** Name of the folder that it is written into; empty before there is one. */
  readonly folder: string;
  /** Lines of the event log so far. */
  readonly lines: number;
  readonly bytes: number;
  /** Tasks of which only sums were there. */
  readonly tasksGone: number;
  /** Messages that the kernel had forgotten, or that could not be read. */
  readonly messagesGone: number;
  /** Why it ended by itself: the application ended, or its kernel went away. */
  readonly endedBy: 'application' | 'kernel' | null;
  /** Why it failed, as whoever could not do it says it; empty otherwise. */
  readonly cause: string;
}

/** Whether something is still being written. */
export function isActive(state: IRecordingState | null): boolean {
  return (
    state !== null &&
    (state.phase === 'starting' ||
      state.phase === 'recording' ||
      state.phase === 'stopping')
  );
}
