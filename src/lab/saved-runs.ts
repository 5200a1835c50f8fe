import type { ICellModel, ICodeCellModel } from '@jupyterlab/cells';
import type { IDisposable } from '@lumino/disposable';
import { recordCurves, type ICurveLimits } from '../analysis/curve-record';
import { recordRun, type IRecordingLimits } from '../analysis/recording';
import { summarise, type IRunSummary } from '../analysis/run-summary';
import { decodeFrame, encodeFrame } from '../events';
import { Session, type CellRun } from '../model';
import { base64, bytesOf } from './base64';
import type { Preferences } from './preferences';

/** The key in a cell's metadata. */
export const METADATA_KEY = 'sparkglass';
export const SAVED_VERSION = 2;
/** A cell's summary in the notebook file is at most this long, in characters. */
const MOST_CHARACTERS = 24 * 1024;
/** The same for its training curves, beside that. */
const MOST_CURVE_CHARACTERS = 32 * 1024;
/** A run that goes on after its cell is written at most this often. */
const AGAIN_MS = 10_000;

/** A run that has ended is on the screen well within this time. */
const AFTER_DRAWING_MS = 100;
/** Runs of a cell that the file has held and that are kept to compare with. */
const MOST_HELD = 9;
/** Tried one after the other until the summary is short enough. */
const LIMITS: readonly IRecordingLimits[] = [
  { rows: 1000, jobs: 300, text: 300, plans: 10, batches: 128, lineage: true },
  { rows: 1000, jobs: 300, text: 300, plans: 2, batches: 64, lineage: false },
  { rows: 400, jobs: 300, text: 200, plans: 1, batches: 32, lineage: false },
  { rows: 100, jobs: 150, text: 120, plans: 0, batches: 16, lineage: false },
  { rows: 0, jobs: 60, text: 80, plans: 0, batches: 8, lineage: false },
  { rows: 0, jobs: 5, text: 40, plans: 0, batches: 8, lineage: false }
];

/** The same for training curves. */
const CURVE_LIMITS: readonly ICurveLimits[] = [
  { points: 2000, examples: 4000, marks: 1000, text: 300 },
  { points: 2000, examples: 0, marks: 1000, text: 300 },
  { points: 1000, examples: 0, marks: 500, text: 200 },
  { points: 400, examples: 0, marks: 200, text: 120 },
  { points: 150, examples: 0, marks: 100, text: 80 },
  { points: 40, examples: 0, marks: 40, text: 60 },
  { points: 6, examples: 0, marks: 6, text: 40 }
];

/** What is kept of a run: in a cell's metadata, and in a pinned output. */
export interface ISavedRun {
  readonly version: number;
  /** Frames of docs/protocol.md, base64. */
  readonly frames: readonly string[];
  /** The closed strip's numbers, exact also where the frames keep only a part. */
  readonly summary: IRunSummary;
  readonly tasksKept: number;
  readonly tasksTotal: number;
}

/** Bring a saved run of a version, all but its `version`, into the form of the next one. */
const UPGRADES: Readonly<Record<number, (saved: ISavedRun) => ISavedRun>> = {
  // Version 2 also keeps streaming queries, as events in the frames; what version 1 had of them were jobs like others.
  1: saved => saved
};

/** A saved run of a version that cannot be read. */
export class SavedVersionError extends Error {
  constructor(readonly version: string) {
    super(
      `The saved Spark summary has version ${version}; this page reads version ${SAVED_VERSION}.`
    );
  }
}

/** Bring a run into the form that is saved; at most 24 kB, and 32 kB of training curves. */
export async function saveRun(run: CellRun): Promise<ISavedRun> {
  const full = summarise(run);
  // The bar's segments can be counted anew from the frames; with 200 jobs they would be the longest part.
  const summary: IRunSummary = { ...full, segments: [], remainingMs: null };
  const curves = await curveFrames(run);
  for (const [i, limits] of LIMITS.entries()) {
    const recording = recordRun(run, limits);
    const frames = await Promise.all(
      recording.batches.map(async batch => base64(await encodeFrame(batch)))
    );
    const saved: ISavedRun = {
      version: SAVED_VERSION,
      frames,
      summary,
      tasksKept: recording.rowsKept,
      tasksTotal: full.tasksDone + full.tasksFailed + full.tasksKilled
    };
    if (
      i === LIMITS.length - 1 ||
      JSON.stringify(saved).length <= MOST_CHARACTERS
    ) {
      return { ...saved, frames: [...frames, ...curves] };
    }
  }
  throw new Error('unreachable');
}

/** The training curves of a run, as frames; none where even a few points would be too long. */
async function curveFrames(run: CellRun): Promise<readonly string[]> {
  let points = Infinity;
  for (const limits of CURVE_LIMITS) {
    if (limits.points > points) {
      continue;
    }
    const batch = recordCurves(run, limits);
    if (!batch) {
      break;
    }
    const frame = base64(await encodeFrame(batch));
    if (frame.length <= MOST_CURVE_CHARACTERS) {
      return [frame];
    }
    if (limits.examples === 0) {
      // What is twice as much as there is room for need not be tried: no point takes half of another.
      points = (2 * limits.points * MOST_CURVE_CHARACTERS) / frame.length;
    }
  }
  return [];
}

/**
 * A saved run in the form of this version.
 *
 * @throws {@link SavedVersionError} when it is of a later version, or of none.
 */
export function upgraded(value: unknown): ISavedRun {
  let saved = value as ISavedRun | null;
  for (
    let version = saved?.version;
    saved && version !== SAVED_VERSION;
    version = saved.version
  ) {
    const upgrade = UPGRADES[version ?? NaN];
    if (!upgrade) {
      break;
    }
    saved = { ...upgrade(saved), version: version! + 1 };
  }
  if (saved?.version !== SAVED_VERSION || !Array.isArray(saved.frames)) {
    throw new SavedVersionError(String(saved?.version));
  }
  return saved;
}

/**
 * Make a run of a saved one again.
 *
 * @throws (as a rejection) when it cannot be read; {@link SavedVersionError} when another version wrote it.
 */
export async function readRun(value: unknown): Promise<CellRun> {
  const saved = upgraded(value);
  const session = new Session();
  for (const frame of saved.frames) {
    session.apply(await decodeFrame(bytesOf(String(frame))));
  }
  const run = [...session.runs.values()][0];
  if (!run) {
    throw new Error('The saved Spark summary holds no run.');
  }
  return run;
}

/**
 * The runs that a notebook file holds: reads them for cells that have no live one, and writes a run once when it has ended.
 */
export class SavedRuns implements IDisposable {
  /** @param changed called when a saved run has been read. */
  constructor(
    private readonly preferences: Preferences,
    private readonly changed: () => void
  ) {}

  get isDisposed(): boolean {
    return this._disposed;
  }

  dispose(): void {
    this._disposed = true;
    this.read.clear();
    this.past.clear();
    this.later.forEach(timer => clearTimeout(timer));
  }

  /** The saved run of a cell, if it has been read; begins to read it otherwise. */
  runsOf(cell: ICellModel): readonly CellRun[] {
    const value: unknown = cell.getMetadata(METADATA_KEY);
    if (value === undefined || value === null) {
      return [];
    }
    const known = this.read.get(cell.id);
    if (known === undefined) {
      void this.readCell(cell.id, value);
    }
    return known ? [known] : [];
  }

  /** The runs of a cell that its file has held while the notebook was open, oldest first: the newest few. */
  held(cellId: string): readonly CellRun[] {
    return this.past.get(cellId) ?? [];
  }

  /** Whether a run came from the file. */
  isSaved(run: CellRun): boolean {
    return this.sources.has(run);
  }

  /** The exact numbers of a run that came from the file. */
  summaryOf(run: CellRun): IRunSummary | null {
    const saved = this.sources.get(run);
    return saved
      ? { ...saved.summary, segments: summarise(run).segments }
      : null;
  }

  /** How many tasks the file kept in detail; null when all. */
  tasksKept(run: CellRun): number | null {
    const saved = this.sources.get(run);
    return saved && saved.tasksKept < saved.tasksTotal ? saved.tasksKept : null;
  }

  /** Write a run that has ended into its cell; again only when it has more jobs, batches or points, and then not at once: a thread may start some every second. */
  keep(cell: ICellModel, run: CellRun): void {
    if (!this.preferences.now.save || this.isSaved(run) || this._disposed) {
      return;
    }
    const known = this.written.get(cell.id);
    if (known?.run === run && known.news === newsOf(run)) {
      return;
    }
    clearTimeout(this.later.get(cell.id));
    // A query is heard of after its cell has ended, and ends once.
    const wait =
      known?.run === run && run.queries.length === 0
        ? known.time + AGAIN_MS - performance.now()
        : 0;
    if (wait > 0) {
      this.later.set(
        cell.id,
        setTimeout(() => this.keep(cell, run), wait)
      );
      return;
    }
    this.written.set(cell.id, {
      run,
      news: newsOf(run),
      time: performance.now()
    });
    void this.write(cell, run);
  }

  /** Take the saved run out of a cell. */
  clear(cell: ICellModel): void {
    this.read.delete(cell.id);
    this.written.delete(cell.id);
    clearTimeout(this.later.get(cell.id));
    if (cell.getMetadata(METADATA_KEY) !== undefined) {
      cell.deleteMetadata(METADATA_KEY);
    }
  }

  /**
   * Splitting a cell copies its metadata to the part that loses the outputs; the summary belongs to the other.
   *
   * @param cells the cells that were there before, by id.
   */
  async dropCopy(
    cell: ICellModel,
    cells: ReadonlyMap<string, ICellModel>
  ): Promise<void> {
    const value: unknown = cell.getMetadata(METADATA_KEY);
    const { outputs } = cell as Partial<ICodeCellModel>;
    if (value === undefined || !outputs || outputs.length > 0) {
      return;
    }
    try {
      const { cellId } = await readRun(value);
      if (cellId !== cell.id && cells.has(cellId)) {
        this.clear(cell);
        this.changed();
      }
    } catch {
      // What cannot be read is not ours to take away.
    }
  }

  private async write(cell: ICellModel, run: CellRun): Promise<void> {
    try {
      // First the strip with the run's last numbers, which somebody waits for.
      await new Promise(drawn => setTimeout(drawn, AFTER_DRAWING_MS));
      const saved = await saveRun(run);
      // The copy is what the strip shows once the kernel that ran it is gone.
      const copy = await readRun(saved);
      if (!this._disposed && this.written.get(cell.id)?.run === run) {
        this.read.set(cell.id, copy);
        this.hold(cell.id, copy);
        this.sources.set(copy, saved);
        cell.setMetadata(METADATA_KEY, saved);
      }
    } catch {
      // Nothing is saved then; the strip is there all the same.
    }
  }

  private hold(cellId: string, run: CellRun): void {
    const others = this.held(cellId).filter(({ id }) => id !== run.id);
    this.past.set(cellId, [...others, run].slice(-MOST_HELD));
  }

  private async readCell(cellId: string, value: unknown): Promise<void> {
    this.read.set(cellId, null);
    try {
      const run = await readRun(value);
      this.sources.set(run, upgraded(value));
      this.read.set(cellId, run);
      this.hold(cellId, run);
    } catch {
      // A damaged summary is as good as none: the cell itself is untouched.
    }
    if (!this._disposed) {
      this.changed();
    }
  }

  private _disposed = false;
  /** By cell; null while one is being read, and when it cannot be. */
  private readonly read = new Map<string, CellRun | null>();
  /** By cell: what the file has held. */
  private readonly past = new Map<string, readonly CellRun[]>();
  private readonly sources = new WeakMap<CellRun, ISavedRun>();
  /** Cell → the run whose summary it holds or is about to, with what was known then, and when that was written. */
  private readonly written = new Map<
    string,
    { run: CellRun; news: number; time: number }
  >();
  private readonly later = new Map<string, ReturnType<typeof setTimeout>>();
}

/**
 * Rises with each job of a run, with each batch and the end of its queries, and with the points, marks and the end of its curves; how a model
 * is served changes all the time and is worth no writing.
 */
function newsOf(run: CellRun): number {
  return (
    run.jobs.length +
    run.queries.reduce(
      (sum, { query }) =>
        sum + 1 + query.batches.total + (query.endTime === null ? 0 : 1),
      0
    ) +
    run.curves.reduce(
      (sum, { lines, marks, endTime }) =>
        sum +
        marks.length +
        (endTime === null ? 0 : 1) +
        lines.reduce((points, line) => points + line.points.told, 0),
      0
    )
  );
}
