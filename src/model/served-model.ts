/** How a model stood that is being served. */
export interface ICurveServing {
  readonly version: string;
  /** Examples it was trained on. */
  readonly trainedOn: number;
  /** ms since 1970. */
  readonly publishedAt: number;
  /** Examples that its line had seen. */
  readonly examples: number;
  /** Totals. */
  readonly requests: number;
  readonly errors: number;
  /** Of the last 1,000 requests; null before the first. */
  readonly latencies: {
    readonly medianMs: number;
    readonly p95Ms: number;
    readonly maxMs: number;
  } | null;
  /** Nobody answers any more. */
  readonly isStopped: boolean;
  /** ms since 1970. */
  readonly time: number;
}

/** A version as it was published. */
export interface IPublished {
  readonly version: string;
  /** Examples it was trained on. */
  readonly trainedOn: number;
  /** Examples that there were. */
  readonly at: number;
}

/** A version that was published, and how far behind the one before it had fallen by then. */
export interface IPublication extends IPublished {
  /** Examples that the version before did not know; NaN of the first. */
  readonly lagBefore: number;
}

/** What is kept of how a model was served. */
const MOST_SERVINGS = 1024;
/** Versions that are kept. */
const MOST_PUBLICATIONS = 2048;

/** A model that is served: how it stood, and the versions that were published. */
export class ServedModel {
  /** How it stood, oldest first; of older ones only some. */
  get servings(): readonly ICurveServing[] {
    return this._servings;
  }

  /** How it stands; null before anybody serves it. */
  get now(): ICurveServing | null {
    return this._servings[this._servings.length - 1] ?? null;
  }

  /** Its versions, oldest first; when there are many, every second one of the older half is let go, and the lags that are kept stay what they were. */
  get publications(): readonly IPublication[] {
    return this._publications;
  }

  /**
   * Keep how it is served: the writer's.
   *
   * @param published - the versions since the last time; where nobody says them, the one that answers is taken.
   */
  serve(serving: ICurveServing, published: readonly IPublished[]): void {
    const { now } = this;
    if (now && now.time >= serving.time) {
      return;
    }
    const { version, trainedOn, examples } = serving;
    for (const one of published) {
      this._publish(one);
    }
    if (published.length === 0 && this._newest?.version !== version) {
      this._publish({ version, trainedOn, at: examples });
    }
    this._servings.push(serving);
    if (this._servings.length > MOST_SERVINGS) {
      // Of the older half every second one, and each that began a version.
      const half = this._servings.length >> 1;
      this._servings = this._servings.filter(
        (one, i, all) =>
          i >= half || i % 2 === 0 || all[i - 1]!.version !== one.version
      );
      if (this._servings.length > MOST_SERVINGS) {
        this._servings = this._servings.slice(-MOST_SERVINGS);
      }
    }
  }

  private _publish(published: IPublished): void {
    const { _newest: newest } = this;
    const at = Math.max(published.at, newest?.at ?? 0);
    this._newest = {
      ...published,
      at,
      lagBefore: newest ? Math.max(0, at - newest.trainedOn) : NaN
    };
    this._publications.push(this._newest);
    if (this._publications.length > MOST_PUBLICATIONS) {
      const half = this._publications.length >> 1;
      this._publications = this._publications.filter(
        (_, i) => i >= half || i % 2 === 0
      );
    }
  }

  private _servings: ICurveServing[] = [];
  private _publications: IPublication[] = [];
  private _newest: IPublication | null = null;
}
