import { BatchTable } from './batch-table';

/** A source of a query, as the newest batch saw it. Offsets are the source's own texts. */
export interface IStreamSource {
  readonly description: string;
  readonly startOffset: string | null;
  readonly endOffset: string | null;
  /** The newest the source has; null where it does not tell. */
  readonly latestOffset: string | null;
  readonly inputRows: number;
  readonly metrics: ReadonlyMap<string, string>;
}

/** A stateful operator, as the newest batch left it. */
export interface IStateOperator {
  readonly name: string;
  readonly rows: number;
  readonly updatedRows: number;
  readonly removedRows: number;
  readonly lateRows: number;
  readonly memoryBytes: number;
  readonly commitMs: number;
  readonly shufflePartitions: number;
  /** The state store's own, by Spark's names. */
  readonly customMetrics: ReadonlyMap<string, number>;
}

/** What a batch printed. */
export interface IBatchOutput {
  readonly text: string;
  /** False when the batch printed more than was told. */
  readonly isWhole: boolean;
}

/** Batches whose output is kept, the newest. */
const MOST_OUTPUTS = 50;

/** One run of a streaming query (a restart from a checkpoint is another, of the same `id`), or the DStreams that a cell started. */
export class StreamingQuery {
  constructor(
    /** Of the checkpoint: the same after a restart. */
    readonly id: string,
    /** Of this start. */
    readonly runId: string
  ) {}

  /** DStreams, of which only jobs are told: how they came to be batches of a query. */
  isDStreams = false;
  /** Read from a saved run: what is said of its batches is final. */
  isRecorded = false;
  /** Batches of DStreams by their times, ms since 1970: their ids here, from 0. */
  readonly batchIds = new Map<number, number>();

  /** Null where its maker gave it none. */
  name: string | null = null;
  /** ms since 1970; null while only a batch was heard of. */
  startTime: number | null = null;
  endTime: number | null = null;
  status: 'running' | 'stopped' | 'failed' = 'running';
  /** The exception of one that failed, as Spark words it. */
  exception: string | null = null;
  /** Spark's error class, such as `DIVIDE_BY_ZERO`. */
  errorClass: string | null = null;
  /** Since when it has had nothing to do, ms since 1970; null while it works. */
  idleSince: number | null = null;
  /** The run of the cell that started it. */
  cellRunId: string | null = null;
  readonly batches = new BatchTable();
  sources: readonly IStreamSource[] = [];
  operators: readonly IStateOperator[] = [];
  sink = '';

  /** Jobs of its newest batches, by batch id, oldest first. */
  readonly jobIds = new Map<number, number[]>();
  /** SQL executions of its newest batches, those without jobs included, by batch id. */
  readonly executionIds = new Map<number, number[]>();
  /** The newest batch that is known to have begun, by its work or its end; -1 for none. */
  begunBatchId = -1;
  /** How many jobs there are in `jobIds`. */
  numJobs = 0;

  /** What its newest batches printed, by batch id, oldest first. */
  readonly outputs = new Map<number, IBatchOutput>();

  /** A batch printed something. */
  addOutput(batchId: number, text: string, isWhole: boolean): void {
    const before = this.outputs.get(batchId);
    this.outputs.set(batchId, {
      text: (before?.text ?? '') + text,
      isWhole: isWhole && (before?.isWhole ?? true)
    });
    if (this.outputs.size > MOST_OUTPUTS) {
      this.outputs.delete(this.outputs.keys().next().value!);
    }
  }

  /** Note that a job is of a batch. */
  addJob(batchId: number, jobId: number): void {
    push(this.jobIds, batchId, jobId);
    this.begunBatchId = Math.max(this.begunBatchId, batchId);
    this.numJobs++;
  }

  /** Note that a SQL execution is of a batch. */
  addExecution(batchId: number, executionId: number): void {
    push(this.executionIds, batchId, executionId);
    this.begunBatchId = Math.max(this.begunBatchId, batchId);
  }

  /** Forget what work a batch was, not its figures. */
  forgetBatch(batchId: number): void {
    this.numJobs -= this.jobIds.get(batchId)?.length ?? 0;
    this.jobIds.delete(batchId);
    this.executionIds.delete(batchId);
  }

  /** What to call it: its name, or the beginning of its id. */
  get label(): string {
    return this.name || (this.isDStreams ? 'DStreams' : this.id.slice(0, 8));
  }
}

/** Add to a list of a map. */
function push(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list) {
    list.push(value);
  } else {
    lists.set(key, [value]);
  }
}
