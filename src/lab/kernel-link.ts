import type { ISessionContext, SessionContext } from '@jupyterlab/apputils';
import type { Kernel } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { PROTOCOL_VERSION, type IBatch } from '../events';
import { Changed, Session } from '../model';
import { KernelSource, type IKernelPort } from '../sources/kernel';
import type { ISink } from '../sources/source';
import {
  attachCarried,
  attachInstalled,
  HAS_PYSPARK,
  readReply,
  type IAttachReply
} from './attach-code';
import { KernelPort } from './kernel-port';
import { LinkError } from './link-error';
import { dropForgotten } from '../views/selection';
import { noteStopping } from '../views/streams/stopping';
import type { Preferences } from './preferences';
import { replyOf } from './reply-of';

/**
 * How the page stands with a kernel:
 * `off` by the settings · `none` no kernel · `connecting` · `foreign` not Python, or nothing of ours runs there ·
 * `waiting` attached, no Spark yet · `live` · `ended` Spark was stopped · `version` the kernel side speaks another protocol ·
 * `failed` attaching failed · `dead` the kernel died.
 */
export type LinkState =
  | 'off'
  | 'none'
  | 'connecting'
  | 'foreign'
  | 'waiting'
  | 'live'
  | 'ended'
  | 'version'
  | 'failed'
  | 'dead';

/**
 * One notebook's kernel: asks it to attach, feeds a model with what it says, carries requests back.
 */
export class KernelLink implements IDisposable, ISink {
  /** Emits after each batch, and when `state` or `session` is another one. */
  readonly changed = new Changed<KernelLink>();
  /** Emits once: the last notebook on this kernel has closed. */
  readonly disposing = new Changed<void>();

  constructor(
    private readonly context: ISessionContext,
    private readonly preferences: Preferences
  ) {
    context.kernelChanged.connect(this.onKernelChanged, this);
    context.statusChanged.connect(this.onStatus, this);
    context.connectionStatusChanged.connect(this.onConnection, this);
    this.forgetPreferences = preferences.changed.connect(() => {
      if (this.preferences.now.enabled !== this.wasEnabled) {
        this.connect();
      }
    });
    this.connect();
  }

  /** What this kernel has said since it started. Another object after a restart. */
  get session(): Session {
    return this._session;
  }

  /** The way to the kernel, for whoever listens to it for itself; another object when it is another kernel, null when there is none. */
  get kernelPort(): IKernelPort | null {
    return this.port;
  }

  /** Why `state` is what it is, in the kernel's own words; may be empty. */
  get detail(): string {
    return this._detail;
  }

  get state(): LinkState {
    if (this._state !== 'waiting' && this._state !== 'connecting') {
      return this._state;
    }
    const latest = this._session.latest;
    return latest === null
      ? this._state
      : latest.endTime === null
        ? 'live'
        : 'ended';
  }

  /** Milliseconds since the last batch: what a clock adds to times that end with it. */
  get sinceLastBatchMs(): number {
    return performance.now() - this._lastBatchAt;
  }

  get isDisposed(): boolean {
    return this._disposed;
  }

  dispose(): void {
    if (this._disposed) {
      return;
    }
    this._disposed = true;
    this.disposing.emit();
    this.forgetPreferences();
    this.context.kernelChanged.disconnect(this.onKernelChanged, this);
    this.context.statusChanged.disconnect(this.onStatus, this);
    this.context.connectionStatusChanged.disconnect(this.onConnection, this);
    this.source?.dispose();
  }

  /**
   * Cancel jobs, a stage, or what a run has running, or stop a streaming query. Works while the kernel is busy.
   *
   * @returns how many requests were made of Spark.
   * @throws LinkError (as a rejection) when it cannot be done.
   */
  async cancel(what: {
    application?: number;
    jobs?: readonly number[];
    stage?: number;
    run?: string;
    /** Run id of a streaming query. */
    query?: string;
  }): Promise<number> {
    if (!this.port) {
      throw new LinkError('noKernel', 'There is no kernel.');
    }
    const { content } = await this.port.request({
      v: PROTOCOL_VERSION,
      op: 'cancel',
      ...what
    });
    if (content.status !== 'ok') {
      throw new LinkError(
        String(content.code ?? 'failed'),
        String(content.detail ?? content.evalue ?? 'No answer.')
      );
    }
    const cancelled = Number(content.cancelled);
    const { query } = what;
    if (query !== undefined && cancelled > 0) {
      for (const { streams } of this._session.applications.values()) {
        const stopping = streams.get(query);
        if (stopping) {
          noteStopping(stopping);
        }
      }
      this.changed.emit(this);
    }
    return cancelled;
  }

  /** Cancel every job that is running. */
  cancelAll(): Promise<number> {
    const jobs = [...(this._session.latest?.jobs.values() ?? [])];
    return this.cancel({
      application: 0,
      jobs: jobs.filter(job => job.status === 'running').map(job => job.id)
    });
  }

  // ---- ISink -----------------------------------------------------------

  apply(batch: IBatch): void {
    // Somebody else may have attached it: another page, `%load_ext sparkglass`.
    if (this._state === 'connecting' || this._state === 'off') {
      this._state = 'waiting';
    }
    const forgotten = this._session.latest?.forgottenJobs;
    this._session.apply(batch);
    const { latest } = this._session;
    if (latest && latest.forgottenJobs !== forgotten) {
      dropForgotten(latest);
    }
    this._lastBatchAt = performance.now();
    this.changed.emit(this);
  }

  reset(): void {
    this._session = new Session(true);
    this.changed.emit(this);
  }

  problem(code: string, detail: string): void {
    if (code === 'version') {
      this.become('version', detail);
    }
    // A gap or a damaged frame costs detail, not the connection; the model counts what is missing.
  }

  // ---- connecting ------------------------------------------------------

  private connect(): void {
    this.source?.dispose();
    this.source = null;
    this.port = null;
    this.kernel = this.context.session?.kernel ?? null;
    this._session = new Session(true);
    this.wasEnabled = this.preferences.now.enabled;
    if (!this.wasEnabled) {
      this.become('off');
      return;
    }
    if (!this.kernel) {
      this.become('none');
      return;
    }
    this.port = new KernelPort(this.kernel);
    this.source = new KernelSource(this.port);
    this.source.start(this);
    this.become('connecting');
    void this.catchUpWhileBusy(this.kernel);
    void this.attach(this.kernel);
  }

  /**
   * A kernel in the middle of a cell answers nothing on the shell channel until that has ended, but one that is attached already answers on the
   * other: a page that was reloaded need not wait for the next push. To other kernels the request would be a complaint in the server's log.
   */
  private async catchUpWhileBusy(
    kernel: Kernel.IKernelConnection
  ): Promise<void> {
    try {
      const { port, source } = this;
      const spec = await kernel.spec;
      const models = (this.context as SessionContext).sessionManager.running();
      const model = [...models].find(({ kernel: k }) => k?.id === kernel.id);
      if (
        spec?.language !== 'python' ||
        !port ||
        model?.kernel?.execution_state !== 'busy'
      ) {
        return;
      }
      await port.request({ v: PROTOCOL_VERSION, op: 'status' });
      if (this.source === source) {
        source?.catchUp();
      }
    } catch {
      // Not attached, and no answer: `attach` takes its turn when the cell has ended.
    }
  }

  private async attach(kernel: Kernel.IKernelConnection): Promise<void> {
    try {
      // Where its spec tells, nothing is waited for: what a person runs while the kernel starts is queued, and this has to come before.
      const language =
        this.languageOf(kernel) ?? (await kernel.info).language_info.name;
      if (this.kernel !== kernel || this._disposed) {
        return;
      }
      if (language !== 'python') {
        this.become('foreign');
        return;
      }
      if (!this.preferences.now.attach) {
        this.become('off');
        return;
      }
      const reply = await this.askToAttach(kernel);
      if (this.kernel === kernel && !this._disposed) {
        this.onAttached(reply);
      }
    } catch {
      // The connection went away in the middle: its successor attaches anew.
    }
  }

  private languageOf({ name }: Kernel.IKernelConnection): string | undefined {
    const { specs } = (this.context as SessionContext).specsManager;
    return specs?.kernelspecs[name]?.language;
  }

  private async askToAttach(
    kernel: Kernel.IKernelConnection
  ): Promise<IAttachReply | null> {
    const rows = this.preferences.now.detailRows;
    const installed = await evaluate(kernel, attachInstalled(rows));
    if (installed.value !== null || !this.preferences.now.inject) {
      return readReply(installed.value ?? undefined);
    }
    const able = await evaluate(kernel, HAS_PYSPARK);
    if (able.value !== 'True') {
      return null;
    }
    const carried = await evaluate(kernel, await attachCarried(rows));
    return carried.value === null
      ? { error: carried.error }
      : readReply(carried.value);
  }

  private onAttached(reply: IAttachReply | null): void {
    if (reply === null) {
      this.become('foreign');
    } else if (reply.error !== undefined) {
      this.become('failed', reply.error);
    } else if (reply.v !== PROTOCOL_VERSION) {
      this.become('version', String(reply.v));
    } else {
      if (this._state === 'connecting') {
        this.become('waiting');
      }
      this.source?.catchUp();
    }
  }

  private onKernelChanged(): void {
    this.connect();
  }

  private onStatus(_: ISessionContext, status: Kernel.Status): void {
    if (status === 'restarting' || status === 'autorestarting') {
      this.restarting = true;
      this._session = new Session(true);
      this.become('connecting');
    } else if (status === 'dead') {
      this.become('dead');
    }
  }

  /**
   * A page connects anew to a kernel that has restarted. Its status says nothing of that: an `idle` may still be the old one's, which often gives
   * none, and of the new one's requests for its info Jupyter shows none, so that it would be `starting` until somebody runs a cell.
   */
  private onConnection(
    _: ISessionContext,
    status: Kernel.ConnectionStatus
  ): void {
    if (this.restarting && status === 'connected') {
      this.restarting = false;
      this.connect();
    }
  }

  private become(state: LinkState, detail = ''): void {
    this._state = state;
    this._detail = detail;
    this.changed.emit(this);
  }

  private _session = new Session(true);
  private _state: LinkState = 'none';
  private _detail = '';
  private _disposed = false;
  private _lastBatchAt = performance.now();
  private kernel: Kernel.IKernelConnection | null = null;
  private port: KernelPort | null = null;
  private source: KernelSource | null = null;
  private restarting = false;
  private wasEnabled = true;
  private readonly forgetPreferences: () => void;
}

/** Evaluate an expression without a trace: no output, no history, no `In[n]`. */
async function evaluate(
  kernel: Kernel.IKernelConnection,
  expression: string
): Promise<{ value: string | null; error: string }> {
  interface IContent {
    status: string;
    user_expressions?: Record<
      string,
      {
        status: string;
        data?: Record<string, string>;
        ename?: string;
        evalue?: string;
      }
    >;
  }
  let content: IContent;
  do {
    const future = kernel.requestExecute({
      code: '',
      silent: true,
      store_history: false,
      stop_on_error: false,
      allow_stdin: false,
      user_expressions: { sparkglass: expression }
    });
    content = (await replyOf(future)).content as unknown as IContent;
    // A cell that fails drops all that is queued behind it, ours too.
  } while (content.status === 'aborted');
  const answer = content.user_expressions?.sparkglass;
  return answer?.status === 'ok'
    ? { value: answer.data?.['text/plain'] ?? '', error: '' }
    : { value: null, error: `${answer?.ename ?? ''}: ${answer?.evalue ?? ''}` };
}
