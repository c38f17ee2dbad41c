/** A self-hosted remote cache as Nx asks for one (nx.dev/recipes/running-tasks/self-hosted-caching), in memory. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CacheServer {
  /** What a workspace needs to use it. */
  readonly env: NodeJS.ProcessEnv;
  /** Archives by hash: what a poisoner would change. */
  readonly entries: Map<string, Buffer>;
  /** Hashes that were asked for in vain. */
  readonly missed: string[];
  /** Requests so far, such as `GET 200`. */
  readonly log: string[];
  close(): Promise<void>;
}

const TOKEN = 'only-for-this-test';
const ENTRY = /^\/v1\/cache\/([\w-]+)$/;

export async function startCacheServer(): Promise<CacheServer> {
  const entries = new Map<string, Buffer>();
  const missed: string[] = [];
  const log: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const end = (status: number, body?: Buffer): void => {
        log.push(`${request.method} ${status}`);
        response.writeHead(status, { 'content-type': body ? 'application/octet-stream' : 'text/plain' });
        response.end(body);
      };
      const hash = ENTRY.exec(request.url ?? '')?.[1];
      if (hash === undefined) return end(404);
      if (request.headers.authorization !== `Bearer ${TOKEN}`) return end(401);
      const entry = entries.get(hash);
      if (request.method === 'GET' && entry) return end(200, entry);
      if (request.method === 'GET') {
        missed.push(hash);
        return end(404);
      }
      if (entry) return end(409);
      entries.set(hash, Buffer.concat(parts));
      return end(200);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      NX_SELF_HOSTED_REMOTE_CACHE_SERVER: `http://127.0.0.1:${port}`,
      NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: TOKEN,
    },
    entries,
    missed,
    log,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
