import {
  listOf,
  numberOf,
  textOf,
  textsOf,
  type IDataFrameEntry,
  type IDataFrameStateEntry,
  type ISparkglassCellEnd,
  type ISparkglassDataFrames
} from '../events';

/** A variable of the kernel that holds a DataFrame, as it was when the last cell had ended. */
export interface IDataFrame {
  readonly name: string;
  /** Ordinal of the application it belongs to. */
  readonly application: number;
  /** Operators of its logical plan, from the source up. */
  readonly operations: readonly string[];
  readonly streaming: boolean;
  /** The first 50. */
  readonly columns: readonly string[];
  /** Null where it is not known. */
  readonly columnCount: number | null;
  /** Null where only planning or running it would tell. */
  readonly partitions: number | null;
  /** A shuffle comes last: so many are planned, and adaptive execution may make them fewer. */
  readonly isPlanned: boolean;
  /** Spark's words of where it is cached; null when it is not. */
  readonly storageLevel: string | null;
  /** The RDD that holds its cached rows; null before anything has asked for them. */
  readonly rddId: number | null;
  /** Ids of the runs that made it or put another in its place, of each cell the newest, oldest first; the same of those that used it. */
  readonly makers: readonly string[];
  readonly users: readonly string[];
}

/** More makers or users than these are not kept; the oldest go. */
const MOST_RUNS = 50;

/** The DataFrame variables of a kernel, by name, as its cells leave them. */
export class DataFrames {
  /** @param cellOf - the cell of a run. */
  constructor(private readonly _cellOf: (runId: string) => string) {}

  readonly all = new Map<string, IDataFrame>();

  /** A cell has ended. */
  end(event: ISparkglassCellEnd, application: number): void {
    const runId = textOf(event['Run ID'], '');
    for (const name of textsOf(event['DataFrames Gone'])) {
      this.all.delete(name);
    }
    for (const entry of listOf(event.DataFrames)) {
      this._make(entry, application, runId);
    }
    for (const entry of listOf(event['DataFrame States'])) {
      const known = this.all.get(textOf(entry.Name, ''));
      if (known) {
        this.all.set(known.name, { ...known, ...stateFrom(entry) });
      }
    }
    for (const name of textsOf(event['DataFrames Used'])) {
      const known = this.all.get(name);
      if (known) {
        const users = this._with(known.users, runId);
        this.all.set(name, { ...known, users });
      }
    }
  }

  /** There were some before anybody watched. */
  found(event: ISparkglassDataFrames, application: number): void {
    for (const entry of listOf(event.DataFrames)) {
      this._make(entry, application, null);
    }
  }

  private _make(
    entry: IDataFrameEntry,
    application: number,
    runId: string | null
  ): void {
    const name = textOf(entry.Name, '');
    if (name === '') {
      return;
    }
    const known = this.all.get(name);
    const makers = known?.makers ?? [];
    this.all.set(name, {
      name,
      application,
      operations: textsOf(entry.Operations),
      streaming: entry.Streaming === true,
      columns: textsOf(entry.Columns),
      columnCount: numberOf(entry['Column Count'], null),
      ...stateFrom(entry),
      makers: runId === null ? makers : this._with(makers, runId),
      users: known?.users ?? []
    });
  }

  /** The list with a run at its end, and no older one of the same cell. */
  private _with(runs: readonly string[], runId: string): readonly string[] {
    const cell = this._cellOf(runId);
    return [...runs.filter(id => this._cellOf(id) !== cell), runId].slice(
      -MOST_RUNS
    );
  }
}

function stateFrom(
  entry: IDataFrameStateEntry
): Pick<IDataFrame, 'partitions' | 'isPlanned' | 'storageLevel' | 'rddId'> {
  return {
    partitions: numberOf(entry.Partitions, null),
    isPlanned: entry.Planned === true,
    storageLevel: textOf(entry['Storage Level'], null),
    rddId: numberOf(entry['RDD ID'], null)
  };
}
