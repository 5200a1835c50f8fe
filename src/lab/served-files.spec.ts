import { ServerConnection, type Contents } from '@jupyterlab/services';
import { ServedFile } from './served-files';

const SIZE = 5 << 20;
const CONTENT = Uint8Array.from({ length: SIZE }, (_, i) => i % 251);

/** A server whose `/files/` knows no ranges, with or without our extension. */
class Server {
  asked: string[] = [];

  constructor(
    private readonly hasExtension: boolean,
    private readonly size = SIZE
  ) {}

  readonly fetch = async (request: RequestInfo | URL): Promise<Response> => {
    const { url, headers } = request as Request;
    this.asked.push(new URL(url).pathname);
    if (/\/files\//.test(url)) {
      return new Response(CONTENT.slice(0, this.size), {
        headers: { 'Content-Length': String(this.size) }
      });
    }
    if (!this.hasExtension) {
      return new Response('', { status: 404 });
    }
    if ((request as Request).method === 'HEAD') {
      return new Response('', {
        headers: { 'Content-Length': String(this.size) }
      });
    }
    const [from, to] = /bytes=(\d+)-(\d+)/
      .exec(headers.get('Range') ?? '')!
      .slice(1)
      .map(Number) as [number, number];
    return from >= this.size
      ? new Response('', { status: 416 })
      : new Response(CONTENT.slice(from, Math.min(to + 1, this.size)), {
          status: 206
        });
  };

  file(path = 'a folder/log'): ServedFile {
    return new ServedFile(this.contents, path);
  }

  readonly contents = {
    serverSettings: ServerConnection.makeSettings({
      baseUrl: 'http://localhost/user/ada/',
      fetch: (input, init) => this.fetch(new Request(input, init)),
      token: ''
    }),
    get: async () => ({ size: undefined }),
    localPath: (path: string) => path.replace(/^\w+:/, ''),
    driveName: (path: string) => /^(\w+):/.exec(path)?.[1] ?? '',
    getDownloadUrl: async (path: string) =>
      `http://localhost/user/ada/files/${encodeURI(path)}`
  } as unknown as Contents.IManager;
}

describe('ServedFile', () => {
  it('asks our extension for a size that the contents do not tell', async () => {
    const server = new Server(true, 1234);
    expect(await server.file().size()).toBe(1234);
    expect(await new Server(false).file().size()).toBe(0);
  });
});

describe('ServedFile on a server that sends files whole', () => {
  it('asks our extension for ranges of a large file', async () => {
    const server = new Server(true);
    const file = server.file();
    expect(await file.read(0, 10)).toEqual(CONTENT.slice(0, 10));
    const middle = await file.read(1 << 20, 2 << 20);
    expect(Buffer.compare(middle, CONTENT.slice(1 << 20, 2 << 20))).toBe(0);
    expect((await file.read(SIZE, SIZE + 10)).length).toBe(0);
    const route = '/user/ada/sparkglass/logs/a%20folder/log';
    expect(server.asked.slice(1)).toEqual([route, route, route, route]);
  });

  it('reads it whole, once, where there is no extension', async () => {
    const server = new Server(false);
    const file = server.file();
    expect(await file.read(5, 10)).toEqual(CONTENT.slice(5, 10));
    expect(await file.read(7, 12)).toEqual(CONTENT.slice(7, 12));
    expect(server.asked).toHaveLength(2);
    // Known for all files.
    await server.file('other').read(5, 10);
    expect(server.asked).toHaveLength(3);
  });

  it('reads a small file whole, and one of another drive', async () => {
    const small = new Server(true, 1000);
    expect(await small.file().read(5, 10)).toEqual(CONTENT.slice(5, 10));
    expect(small.asked).toHaveLength(1);
    const other = new Server(true);
    expect(await other.file('S3:log').read(5, 10)).toEqual(
      CONTENT.slice(5, 10)
    );
    expect(other.asked).toHaveLength(1);
  });
});
