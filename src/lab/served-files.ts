import { PathExt } from '@jupyterlab/coreutils';
import { ServerConnection, type Contents } from '@jupyterlab/services';
import type { ILogFile, ILogFolder } from '../sources/eventlog';

/** A server that does not know ranges sends all of a file; up to this size that will do. */
const MOST_WHOLE_BYTES = 256 << 20;

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
    return size ?? 0;
  }

  async read(from: number, to: number): Promise<Uint8Array> {
    if (to <= from) {
      return new Uint8Array(0);
    }
    if (this.whole) {
      return this.whole.slice(from, to);
    }
    const response = await ServerConnection.makeRequest(
      await this.contents.getDownloadUrl(this.path),
      {
        headers: { Range: `bytes=${from}-${to - 1}` },
        cache: 'no-store'
      },
      this.contents.serverSettings ?? ServerConnection.makeSettings()
    );
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
