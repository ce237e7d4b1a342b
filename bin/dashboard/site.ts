import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { siteFileAddress } from '../../lambdas/api/page-address.ts';
import { pageHeaders, pagePolicy } from '../../lambdas/api/page-security.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};
const zipped: ReadonlySet<string> = new Set(['.html', '.js', '.css', '.json', '.webmanifest', '.svg', '.txt']);

interface SiteFile {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly zip: Uint8Array<ArrayBuffer> | null;
  readonly etag: string;
}

/** The built dashboard, held in memory: only what lay in its folder when it was read can be asked for. */
export class DashboardSite {
  readonly #files: ReadonlyMap<string, SiteFile>;
  readonly #policy: string;

  private constructor(files: ReadonlyMap<string, SiteFile>, policy: string) {
    this.#files = files;
    this.#policy = policy;
  }

  /** Null when the folder holds no built dashboard. Its pages may also call `connected` origins. */
  static async read(folder: string, connected: readonly string[] = []): Promise<DashboardSite | null> {
    if (!existsSync(join(folder, 'index.html'))) return null;
    const files = new Map<string, SiteFile>();
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      files.set(`/${relative(folder, path).split(sep).join('/')}`, await siteFile(path));
    }
    const index = Buffer.from(files.get('/index.html')?.bytes ?? []).toString('utf8');
    return new DashboardSite(files, pagePolicy(inlineScripts(index), connected));
  }

  /** A file, or for any address that a page may have the page itself: the dashboard routes by the address. */
  answer(request: Request): Response {
    const { pathname } = new URL(request.url);
    const file = this.#files.get(siteFileAddress.test(pathname) ? pathname : '/index.html');
    const headers = new Headers({ ...pageHeaders, 'content-security-policy': this.#policy });
    if (file === undefined) return new Response('Not found\n', { status: 404, headers });
    headers.set('content-type', file.type);
    headers.set('etag', file.etag);
    headers.set('vary', 'Accept-Encoding');
    // The builder puts a hash of the content into names below assets/.
    const isHashed = pathname.startsWith('/assets/');
    headers.set('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (request.headers.get('if-none-match') === file.etag) return new Response(null, { status: 304, headers });
    if (file.zip === null || !/\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')) {
      return new Response(file.bytes, { headers });
    }
    headers.set('content-encoding', 'gzip');
    return new Response(file.zip, { headers });
  }
}

async function siteFile(path: string): Promise<SiteFile> {
  const bytes = new Uint8Array(await readFile(path));
  const extension = extname(path);
  return {
    type: types[extension] ?? 'application/octet-stream',
    bytes,
    zip: zipped.has(extension) ? new Uint8Array(gzipSync(bytes)) : null,
    etag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"`,
  };
}

/** Hashes of the scripts that stand in the page, as the policy names them. */
function inlineScripts(html: string): string[] {
  return [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `sha256-${createHash('sha256').update(script).digest('base64')}`,
  );
}
