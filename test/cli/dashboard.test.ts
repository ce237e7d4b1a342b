import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DashboardSite } from '../../bin/dashboard/site.ts';
import { servingPointerKey, servingPointerSchema } from '../../lambdas/domain/serving/serving-pointer.ts';
import { generateDrops } from '../../simulator/drops/generate.ts';
import { removeFolder, temporaryFolder, testPipeline } from '../support/temporary-home.ts';
import { headwater } from './cli-process.ts';

const token = 'a-token-of-this-test-only';

/** `headwater dashboard` on a free port; resolves with its address. */
async function started(
  home: string,
  environment: Record<string, string> = {},
): Promise<{ child: ChildProcess; url: string }> {
  const script = fileURLToPath(new URL('../../bin/headwater.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, 'dashboard', '--port', '0', '--home', home],
    {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const [url] = (await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), 'line')) as [string];
  return { child, url };
}

async function ended(child: ChildProcess): Promise<number | null> {
  child.kill('SIGTERM');
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

describe('headwater dashboard', () => {
  let home: string;

  beforeAll(async () => {
    home = await temporaryFolder();
    const pipeline = await testPipeline(home);
    await generateDrops({ folder: pipeline.rawFolder, seed: 5, scale: 0.002 });
    await pipeline.run();
    await pipeline.close();
  });
  afterAll(() => removeFolder(home));

  it('serves the API of a home without an org, and ends when it is told', async () => {
    const { child, url } = await started(home);
    const health = (await (await fetch(`${url}/api/health`)).json()) as { status: string; as_of: string };
    expect(health).toMatchObject({ status: 'ok', as_of: '2025-06-30' });
    const shoppers = (await (await fetch(`${url}/api/sales-customers?limit=1`)).json()) as { page: { total: number } };
    expect(shoppers.page.total).toBeGreaterThan(0);
    const customers = (await (await fetch(`${url}/api/customers`)).json()) as { data: unknown[] };
    expect(customers.data).toEqual([]);
    expect(await ended(child)).toBe(0);
  });

  it('makes the snapshot anew where an earlier version of the program made it', async () => {
    const pointer = join(home, 'lake', servingPointerKey);
    const served = servingPointerSchema.parse(JSON.parse(await readFile(pointer, 'utf8')));
    await writeFile(pointer, JSON.stringify({ ...served, format: 'earlier' }));
    const { child } = await started(home);
    expect(servingPointerSchema.parse(JSON.parse(await readFile(pointer, 'utf8')))).toEqual(served);
    expect(await ended(child)).toBe(0);
  });

  it('wants the token where one is set', async () => {
    const { child, url } = await started(home, { HEADWATER_API_TOKEN: token });
    const status = async (authorization?: string) =>
      (await fetch(`${url}/api/me`, authorization === undefined ? {} : { headers: { authorization } })).status;
    expect([await status(), await status('Bearer wrong'), await status(token)]).toEqual([401, 401, 401]);
    expect(await status(`Bearer ${token}`)).toBe(200);
    expect(await ended(child)).toBe(0);
  });

  it('is not open to other machines without a token, and names a port that is taken', async () => {
    const open = await headwater(['dashboard', '--home', home, '--host', '0.0.0.0', '--port', '0']);
    expect([open.code, open.stderr]).toEqual([2, expect.stringContaining('HEADWATER_API_TOKEN')]);
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const port = String((taken.address() as { port: number }).port);
    const busy = await headwater(['dashboard', '--home', home, '--port', port]);
    expect([busy.code, busy.stderr]).toEqual([2, expect.stringContaining(`Port ${port} is in use`)]);
    await new Promise((resolve) => taken.close(resolve));
  });
});

describe('the built dashboard', () => {
  let folder: string;
  let site: DashboardSite;
  beforeAll(async () => {
    folder = await temporaryFolder();
    await mkdir(join(folder, 'assets'));
    await writeFile(
      join(folder, 'index.html'),
      '<html><script>document.title = "x"</script><script src="/assets/a-1.js"></script></html>',
    );
    await writeFile(join(folder, 'assets', 'a-1.js'), 'export {};');
    await writeFile(join(folder, '..', `${folder.split('/').at(-1)}.txt`), 'outside');
    const read = await DashboardSite.read(folder);
    if (read === null) throw new Error('not read');
    site = read;
  });
  afterAll(async () => {
    await removeFolder(folder);
    await removeFolder(`${folder}.txt`);
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    site.answer(new Request(`http://localhost${path}`, { headers }));

  it('answers every page address with the page, under a policy for its own scripts only', async () => {
    for (const path of ['/', '/customers', '/customers/001?tab=health', '/clients/ACME.EU', '/shoppers/1.5.js']) {
      const response = get(path);
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      expect(response.headers.get('content-security-policy')).toMatch(/script-src 'self' 'sha256-[\w+/=]{44}';/);
      expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(await response.text()).toContain('document.title');
    }
  });

  it('gives files of the folder, for ever where their names say what is inside, and nothing else', async () => {
    const script = get('/assets/a-1.js');
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect(get('/assets/a-1.js', { 'if-none-match': script.headers.get('etag') ?? '' }).status).toBe(304);
    for (const path of [
      '/assets/b.js',
      '/robots.txt',
      `/../${folder.split('/').at(-1)}.txt`,
      '/%2e%2e/x.txt',
      '/assets/..%2f..%2fx.txt',
    ]) {
      expect(get(path).status, path).toBe(404);
    }
    expect(await DashboardSite.read(join(folder, 'assets'))).toBeNull();
  });
});
