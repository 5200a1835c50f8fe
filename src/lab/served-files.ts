import { PathExt, URLExt } from '@jupyterlab/coreutils';
import { ServerConnection, type Contents } from '@jupyterlab/services';
import type { ILogFile, ILogFolder } from '../sources/eventlog';

/** A server that does not know ranges sends all of a file; up to this size that will do. */
const MOST_WHOLE_BYTES = 256 << 20;
/** From this size on our server extension is asked for ranges first. */
const LEAST_ROUTE_BYTES = 4 << 20;

/** Servers without our extension: known once for all files. */
const withoutRoute = new WeakSet<Contents.IManager>();

/** A file of the Jupyter server, read in ranges: not through the document model, which would need all of it in memory at once. */
export class ServedFile implements ILogFile {
  constructor(
    private readonly contents: Contents.IManager,
    private readonly path: string
  ) {}

  get name(): string {
    return PathExt.basename(this.contents.localPath(this.path));
  }

  async size(): Promise<number> {
    const { size } = await this.contents.get(this.path, { content: false });
    if (this.whole?.length !== size) {
      this.whole = null;
    }
    return size ?? this.sizeByRoute();
  }

  /** Some contents managers do not say how long a file is. */
  private async sizeByRoute(): Promise<number> {
    if (!this.mayHaveRoute()) {
      return 0;
    }
    const { status, headers } = await ServerConnection.makeRequest(
      this.routeUrl(),
      { method: 'HEAD', cache: 'no-store' },
      this.settings
    );
    return status === 200 ? Number(headers.get('Content-Length') ?? 0) : 0;
  }

  /** Our extension serves the server's own contents only, which is also the drive of real-time collaboration. */
  private mayHaveRoute(): boolean {
    const drive = this.contents.driveName(this.path);
    return (
      (drive === '' || drive === 'RTC') && !withoutRoute.has(this.contents)
    );
  }

  async read(from: number, to: number): Promise<Uint8Array> {
    if (to <= from) {
      return new Uint8Array(0);
    }
    if (this.whole) {
      return this.whole.slice(from, to);
    }
    if (this.useRoute) {
      return this.bytesOf(await this.ask(this.routeUrl(), from, to), from, to);
    }
    const response = await this.ask(
      await this.contents.getDownloadUrl(this.path),
      from,
      to
    );
    if (response.status === 200 && (await this.hasRoute(response, from, to))) {
      this.useRoute = true;
      return this.read(from, to);
    }
    return this.bytesOf(response, from, to);
  }

  /**
   * Whether our server extension has this file, which has just been answered whole. It has an answer of its own for contents managers that
   * know no ranges; on servers where it is not enabled there is no such page.
   */
  private async hasRoute(
    whole: Response,
    from: number,
    to: number
  ): Promise<boolean> {
    const size = Number(whole.headers.get('Content-Length') ?? Infinity);
    const isAllWanted = from === 0 && size <= to;
    if (isAllWanted || size < LEAST_ROUTE_BYTES || !this.mayHaveRoute()) {
      return false;
    }
    const answer = await this.ask(this.routeUrl(), from, from + 1);
    await answer.body?.cancel();
    if (answer.status === 206 || answer.status === 416) {
      await whole.body?.cancel();
      return true;
    }
    withoutRoute.add(this.contents);
    return false;
  }

  private routeUrl(): string {
    return URLExt.join(
      this.settings.baseUrl,
      'sparkglass/logs',
      URLExt.encodeParts(this.contents.localPath(this.path))
    );
  }

  private get settings(): ServerConnection.ISettings {
    return this.contents.serverSettings ?? ServerConnection.makeSettings();
  }

  private ask(url: string, from: number, to: number): Promise<Response> {
    return ServerConnection.makeRequest(
      url,
      { headers: { Range: `bytes=${from}-${to - 1}` }, cache: 'no-store' },
      this.settings
    );
  }

  private async bytesOf(
    response: Response,
    from: number,
    to: number
  ): Promise<Uint8Array> {
    switch (response.status) {
      case 206:
        return new Uint8Array(await response.arrayBuffer());
      case 416:
        // Nothing there yet.
        return new Uint8Array(0);
      case 200: {
        const size = Number(response.headers.get('Content-Length') ?? 0);
        if (size > MOST_WHOLE_BYTES) {
          await response.body?.cancel();
          throw new Error(
            `the server cannot read parts of files, and this one has ${size} bytes`
          );
        }
        const bytes = new Uint8Array(await response.arrayBuffer());
        // A range from the first byte to the last is also answered so.
        if (from === 0 && bytes.length <= to) {
          return bytes;
        }
        this.whole = bytes;
        return bytes.slice(from, to);
      }
      default:
        throw new Error(`${response.status} ${response.statusText}`);
    }
  }

  private useRoute = false;
  private whole: Uint8Array | null = null;
}

/** A folder of the Jupyter server. */
export class ServedFolder implements ILogFolder {
  constructor(
    private readonly contents: Contents.IManager,
    private readonly path: string
  ) {}

  get name(): string {
    return PathExt.basename(this.contents.localPath(this.path));
  }

  async list(): Promise<{ files: ServedFile[]; folders: ServedFolder[] }> {
    const { content } = await this.contents.get(this.path);
    const entries = content as readonly Contents.IModel[];
    return {
      files: entries
        .filter(({ type }) => type !== 'directory')
        .map(({ path }) => new ServedFile(this.contents, path)),
      folders: entries
        .filter(({ type }) => type === 'directory')
        .map(({ path }) => new ServedFolder(this.contents, path))
    };
  }
}
