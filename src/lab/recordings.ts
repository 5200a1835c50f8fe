import type { JupyterFrontEnd } from '@jupyterlab/application';
import { PathExt } from '@jupyterlab/coreutils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import type { ITranslation } from '../draw/words';
import { Changed } from '../model';
import { isActive, type IRecordingState } from '../views/panel/recording-state';
import type { KernelLink } from './kernel-link';
import type { Recorder } from './recorder';

/** Of the application around us. */
export interface IRecordingHost {
  readonly contents: Contents.IManager;
  readonly commands: Pick<JupyterFrontEnd['commands'], 'execute'>;
  readonly trans: ITranslation;
}

/** What is recorded of each kernel. What does it is loaded when somebody asks for it first. */
export class Recordings {
  /** A recording has news. */
  readonly changed = new Changed<Recordings>();

  constructor(private readonly host: IRecordingHost) {}

  /** How the newest recording of a kernel goes; null when there was none. */
  stateOf(link: KernelLink): IRecordingState | null {
    return this.recorders.get(link)?.state ?? null;
  }

  /** Whether a kernel is being recorded. */
  isActive(link: KernelLink | undefined): boolean {
    return link !== undefined && isActive(this.stateOf(link));
  }

  /** Stop the recording of a notebook's kernel, or begin one beside the notebook. Says in a notification what came of it. */
  async toggle(link: KernelLink, panel: NotebookPanel): Promise<void> {
    const running = this.recorders.get(link);
    if (running && isActive(running.state)) {
      await running.stop();
      return;
    }
    if (this.begun.has(link)) {
      return;
    }
    this.begun.add(link);
    try {
      const { beginRecording } = await import(
        /* webpackChunkName: "record" */ './record'
      );
      const recorder = await beginRecording(
        link,
        this.folderOf(panel),
        this.host
      );
      if (recorder) {
        this.recorders.set(link, recorder);
        recorder.changed.connect(() => this.changed.emit(this));
        this.changed.emit(this);
      }
    } finally {
      this.begun.delete(link);
    }
  }

  /** Show a kernel's newest recording in a tab. */
  open(link: KernelLink): void {
    const path = this.recorders.get(link)?.path;
    if (path) {
      void this.host.commands.execute('docmanager:open', {
        path,
        factory: 'Spark event log'
      });
    }
  }

  /** Where the notebook is. */
  private folderOf(panel: NotebookPanel): string {
    const { contents } = this.host;
    const { path } = panel.context;
    const drive = contents.driveName(path);
    const above = PathExt.dirname(contents.localPath(path));
    return drive === '' ? above : `${drive}:${above}`;
  }

  private readonly recorders = new WeakMap<KernelLink, Recorder>();
  /** Being loaded: a second click is not a second recording. */
  private readonly begun = new Set<KernelLink>();
}
