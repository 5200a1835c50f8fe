/** Ids below are kept in bytes, one a task; Spark counts them from 0 without holes. */
const MOST_DENSE = 1 << 26;

const Told = { started: 1, ended: 2, resubmitted: 4 } as const;

/** Which lines a log has of each task: a row may come twice, and an end says also that there was a start. */
export class ToldTasks {
  /** Whether this is the first that is told of the task's start. Ids below 0 are none. */
  start(taskId: number): boolean {
    return this.tell(taskId, Told.started);
  }

  /** Whether this is the first that is told of the task's end. */
  end(taskId: number): boolean {
    return this.tell(taskId, Told.ended);
  }

  /** Whether this is the first that is told of its output being lost, so that it has to run again. */
  resubmit(taskId: number): boolean {
    return this.tell(taskId, Told.resubmitted);
  }

  /** Whether its start was told. */
  hasStarted(taskId: number): boolean {
    return (this.of(taskId) & Told.started) !== 0;
  }

  private tell(taskId: number, what: number): boolean {
    const before = this.of(taskId);
    if (!(taskId >= 0) || (before & what) !== 0) {
      return false;
    }
    if (taskId >= MOST_DENSE) {
      this.others.set(taskId, before | what);
      return true;
    }
    if (taskId >= this.bytes.length) {
      const grown = new Uint8Array(Math.max(taskId + 1, this.bytes.length * 2));
      grown.set(this.bytes);
      this.bytes = grown;
    }
    this.bytes[taskId] = before | what;
    return true;
  }

  private of(taskId: number): number {
    return this.bytes[taskId] ?? this.others.get(taskId) ?? 0;
  }

  private bytes = new Uint8Array(1024);
  private readonly others = new Map<number, number>();
}
