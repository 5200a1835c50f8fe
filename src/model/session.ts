import {
  idOf,
  isCurveEvent,
  numberOf,
  QUERY_EVENT,
  textOf,
  type IBatch,
  type IJobStart,
  type ISparkEvent,
  type ISparkglassCellEnd,
  type ISparkglassCellStart,
  type ISparkglassDataFrames,
  type ISparkglassKernel,
  type ISparkglassNotice,
  type IStreamingEvent
} from '../events';
import { Application } from './application';
import { Curves } from './apply-curves';
import { onJobStart } from './apply-jobs';
import { countDStreamBatches } from './apply-dstreams';
import { onSparkglassStreamingQuery } from './apply-recorded';
import { linkJob, onQueryStarted } from './apply-streams';
import { RowWriter } from './apply-rows';
import type { CellRun } from './cell-run';
import { Changed } from './changed';
import type { Curve } from './curve';
import { DataFrames, type IDataFrame } from './data-frames';
import { HANDLERS } from './handlers';
import { forgetOldBatches } from './retention';
import { Runs } from './runs';
import { settle } from './settle';

/** Something the panel must say in one line; codes in docs/protocol.md, section 5. */
export interface INotice {
  readonly code: string;
  readonly detail: string;
  /** ms since 1970. */
  readonly time: number;
  /** Ordinal of the application it is about; 0 = the kernel. */
  readonly application: number;
}

/** The kernel, as it introduced itself. */
export interface IKernelInfo {
  readonly protocolVersion: number;
  readonly sparkglassVersion: string;
  readonly pythonVersion: string;
  readonly pysparkVersion: string | null;
  readonly ipykernelVersion: string | null;
  /** ms since 1970. */
  readonly time: number;
}

/**
 * Everything one kernel, one log or one saved cell said. A restarted kernel is another session.
 */
export class Session {
  /**
   * @param forgets - whether old micro-batches are let go, as a page must that watches a stream for hours; what is read from a log is there as a
   *   whole.
   */
  constructor(private readonly forgets = false) {}

  /** Emits the new `revision` after every batch. */
  readonly changed = new Changed<number>();

  /** Counts batches. */
  get revision(): number {
    return this._revision;
  }

  /** By ordinal. */
  readonly applications = new Map<number, Application>();

  /** The application with the highest ordinal. */
  get latest(): Application | null {
    let latest: Application | null = null;
    for (const app of this.applications.values()) {
      latest = latest === null || app.ordinal > latest.ordinal ? app : latest;
    }
    return latest;
  }

  /** By run id, in the order in which they were heard of. */
  get runs(): ReadonlyMap<string, CellRun> {
    return this._runs.all;
  }

  /** The run that is going on. */
  get activeRun(): CellRun | null {
    return this._runs.active;
  }

  /** The training curves of the kernel, by id, in the order in which they were heard of. */
  get curves(): ReadonlyMap<number, Curve> {
    return this._curves.all;
  }

  /** The variables of the kernel that hold DataFrames, by name. */
  get dataFrames(): ReadonlyMap<string, IDataFrame> {
    return this._dataFrames.all;
  }

  get notices(): readonly INotice[] {
    return this._notices;
  }

  get kernel(): IKernelInfo | null {
    return this._kernel;
  }

  /** Lines that could not be read. */
  get badLines(): number {
    return this._badLines;
  }

  /** The runs of a cell, oldest first. */
  runsOfCell(cellId: string): readonly CellRun[] {
    return this._runs.ofCell(cellId);
  }

  /** Take in what happened: the only way to write the model. One `changed` a batch. */
  apply(batch: IBatch): void {
    const { rows, backfill, events } = batch;
    const writer =
      rows && rows.length > 0
        ? new RowWriter(this._application(batch.application), rows, backfill)
        : null;
    for (let i = 0; i < events.length; i++) {
      writer?.upTo(i);
      this._take(events[i]!, batch);
    }
    writer?.finish();
    this.applications.forEach(settle);
    this.applications.forEach(countDStreamBatches);
    if (this.forgets) {
      this.applications.forEach(app => forgetOldBatches(app, this._runs));
    }
    this._badLines += batch.badLines ?? 0;
    this._revision++;
    this.changed.emit(this._revision);
  }

  private _take(event: ISparkEvent, batch: IBatch): void {
    switch (event.Event) {
      case 'SparkglassKernel':
        this._kernel = kernelFrom(event as unknown as ISparkglassKernel);
        return;
      case 'SparkglassCellStart':
        this._runs.start(event as unknown as ISparkglassCellStart);
        return;
      case 'SparkglassCellEnd':
        this._runs.end(event as unknown as ISparkglassCellEnd);
        this._dataFrames.end(
          event as unknown as ISparkglassCellEnd,
          batch.application
        );
        return;
      case 'SparkglassDataFrames':
        this._dataFrames.found(
          event as unknown as ISparkglassDataFrames,
          batch.application
        );
        return;
      case 'SparkglassNotice':
        this._notice(event as unknown as ISparkglassNotice, batch);
        return;
    }
    if (isCurveEvent(event)) {
      const opened = this._curves.take(event);
      if (opened) {
        this._runs.placeCurve(opened);
      }
      return;
    }
    // Events of the kernel itself name the application they are about.
    const named = idOf(event.Application);
    const app = this._application(named > 0 ? named : batch.application);
    if (event.Event === 'SparkListenerJobStart') {
      const job = onJobStart(app, event as unknown as IJobStart);
      if (job) {
        this._runs.place(app, job);
        const query = linkJob(app, job);
        if (query) {
          this._runs.placeQuery(app, query);
        }
      }
      return;
    }
    if (event.Event === `${QUERY_EVENT}StartedEvent`) {
      const query = onQueryStarted(app, event as unknown as IStreamingEvent);
      if (query) {
        this._runs.placeQuery(app, query);
      }
      return;
    }
    if (event.Event === 'SparkglassStreamingQuery') {
      const query = onSparkglassStreamingQuery(app, event as never);
      if (query) {
        this._runs.placeQuery(app, query);
      }
      return;
    }
    const handler = HANDLERS.get(event.Event);
    if (handler) {
      handler(app, event, batch.backfill);
    } else {
      app.skip(event.Event);
    }
  }

  private _notice(event: ISparkglassNotice, batch: IBatch): void {
    const { Detail: detail } = event;
    this._notices.push({
      code: textOf(event.Code, ''),
      detail:
        typeof detail === 'string'
          ? detail
          : detail === undefined || detail === null
            ? ''
            : JSON.stringify(detail),
      time: numberOf(event.Time, 0),
      application: batch.application
    });
  }

  private _application(ordinal: number): Application {
    let app = this.applications.get(ordinal);
    if (!app) {
      app = new Application(ordinal);
      this.applications.set(ordinal, app);
    }
    return app;
  }

  private _revision = 0;
  private _badLines = 0;
  private _kernel: IKernelInfo | null = null;
  private readonly _notices: INotice[] = [];
  private readonly _runs = new Runs();
  private readonly _curves = new Curves();
  private readonly _dataFrames = new DataFrames(
    runId => this._runs.all.get(runId)?.cellId ?? runId
  );
}

function kernelFrom(event: ISparkglassKernel): IKernelInfo {
  return {
    protocolVersion: numberOf(event['Protocol Version'], 0),
    sparkglassVersion: textOf(event['Sparkglass Version'], ''),
    pythonVersion: textOf(event['Python Version'], ''),
    pysparkVersion: textOf(event['PySpark Version'], null),
    ipykernelVersion: textOf(event['Ipykernel Version'], null),
    time: numberOf(event.Time, 0)
  };
}
