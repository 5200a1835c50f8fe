import { PathExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';

/** A part this long is closed when it is saved: what is saved again and again stays small. */
const PART_CHARACTERS = 1 << 20;
/** So much text waits at most before it is saved. */
const MOST_CHARACTERS = 4 << 20;
/** A server that is restarted is there again soon. */
const RETRY_MS = [1000, 4000];

/**
 * An event log on the Jupyter server that grows: Spark's own rolling layout, a folder `eventlog_v2_<application id>` with
 * `appstatus_<id>.inprogress` and the parts `events_1_<id>`, `events_2_<id>`, …
 *
 * Why not one file: Jupyter's contents API cannot append, so a file that grows would be sent whole every few seconds. In this layout only the
 * last part is, and it is closed at 1 MB. What is saved is at any time a log that Spark's History Server and our own reader can read,
 * also when the page is closed in the middle; both of them follow such a folder while it grows.
 */
export class RollingLog {
  private constructor(
    private readonly contents: Contents.IManager,
    /** Path of the folder, with its drive. */
    readonly path: string,
    private readonly id: string
  ) {}

  /**
   * Make the folder, under a name that is free.
   *
   * @param above - path of the folder to make it in, with its drive.
   * @param applicationId - as Spark names it.
   * @throws (as a rejection) when the server refuses.
   */
  static async create(
    contents: Contents.IManager,
    above: string,
    applicationId: string
  ): Promise<RollingLog> {
    const id = fileName(applicationId);
    const { content } = await contents.get(above);
    const taken = new Set(
      (content as readonly Contents.IModel[]).map(({ name }) => name)
    );
    const name = `eventlog_v2_${id}`;
    let free = name;
    for (let n = 2; taken.has(free); n++) {
      free = `${name}_${n}`;
    }
    const local = PathExt.join(contents.localPath(above), free);
    const drive = contents.driveName(above);
    const path = drive === '' ? local : `${drive}:${local}`;
    await contents.save(path, { type: 'directory', format: 'json' });
    const log = new RollingLog(contents, path, id);
    await log.save(`appstatus_${id}.inprogress`, '');
    return log;
  }

  /** The name of the folder. */
  get name(): string {
    return PathExt.basename(this.contents.localPath(this.path));
  }

  /** Path of the first part, by which the log is opened. */
  get firstPart(): string {
    return `${this.path}/events_1_${this.id}`;
  }

  /** Bytes handed over so far, in UTF-8. */
  get bytes(): number {
    return this._bytes;
  }

  /** Whether whoever writes should wait for `flush`. */
  get isFull(): boolean {
    return this.characters >= MOST_CHARACTERS;
  }

  /** Hand over text that ends with a line's end. */
  add(text: string): void {
    this.texts.push(text);
    this.characters += text.length;
    this._bytes += this.encoder.encode(text).length;
    this.isDirty = true;
  }

  /**
   * Save what was handed over.
   *
   * @throws (as a rejection) when the server refuses, several times.
   */
  flush(): Promise<void> {
    this.saving = this.saving.then(async () => {
      if (!this.isDirty) {
        return;
      }
      const text = this.texts.join('');
      const name = `events_${this.number}_${this.id}`;
      this.isDirty = false;
      if (text.length >= PART_CHARACTERS) {
        this.number++;
        this.texts = [];
        this.characters = 0;
      } else {
        this.texts = [text];
      }
      await this.save(name, text);
    });
    return this.saving;
  }

  /**
   * Save the rest, and say that nothing more will come. The name says nothing about the application: only an event tells of its end.
   *
   * @throws (as a rejection) when the server refuses.
   */
  async finish(): Promise<void> {
    await this.flush();
    const status = `${this.path}/appstatus_${this.id}`;
    await this.contents.rename(`${status}.inprogress`, status);
  }

  private async save(name: string, content: string): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await this.contents.save(`${this.path}/${name}`, {
          type: 'file',
          format: 'text',
          content
        });
        return;
      } catch (error) {
        const delay = RETRY_MS[attempt];
        if (delay === undefined) {
          throw error;
        }
        await new Promise(resolve => setTimeout(resolve, delay));
      }
    }
  }

  private readonly encoder = new TextEncoder();
  private saving: Promise<void> = Promise.resolve();
  private number = 1;
  /** Of the part that is open. */
  private texts: string[] = [];
  private characters = 0;
  private isDirty = false;
  private _bytes = 0;
}

/** An application id as Spark makes a file's name of it (`Utils.sanitizeDirName`). */
function fileName(applicationId: string): string {
  return (
    applicationId
      .replace(/[ :/\\]/g, '-')
      .replace(/[.${}'"]/g, '_')
      .toLowerCase() || 'application'
  );
}
