import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SqliteServingStore } from '../../lambdas/adapters/sqlite-serving-store.ts';
import { FolderLake } from '../../lambdas/adapters/folder-lake.ts';
import { MemoryRuns } from '../../lambdas/adapters/memory/runs.ts';
import { FolderWorkspace } from '../../lambdas/adapters/folder-workspace.ts';
import { servingPointerKey, servingPointerSchema } from '../../lambdas/domain/serving/serving-pointer.ts';
import { rollback } from '../../lambdas/steps/rollback.ts';
import { serveCurrent } from '../../lambdas/steps/serve-publication.ts';
import { type ApiHome, as } from './api-home.ts';

interface ListBody {
  readonly data: { account_id: string }[];
  readonly page: { readonly next_cursor: string | null; readonly total: number };
  readonly source: { readonly run_id: string };
}

/** What readers see while publications come and go. */
export function describeChangingData(home: () => ApiHome): void {
  describe('while data change', () => {
    const current = async () => (await home().lake.pipeline.ports.catalog.pointer()).current;
    const pointerPath = () => join(home().lake.home, 'lake', servingPointerKey);
    const pointer = async () => servingPointerSchema.parse(JSON.parse(await readFile(pointerPath(), 'utf8')));
    const snapshots = async () => {
      const keys: string[] = [];
      for await (const { key } of home().lake.pipeline.ports.lake.list('serving/'))
        if (key.endsWith('.sqlite')) keys.push(key);
      return keys;
    };

    it('readers meet no error and no mixed run, and pages end where they began', async () => {
      const app = home().app();
      const get = async (path: string) => await app.request(path, as('admin'));
      const before = String(await current());
      const first = (await (await get('/api/customers?limit=60')).json()) as ListBody;
      let isRunning = true;
      const run = home()
        .lake.runAll('2025-07-01')
        .finally(() => {
          isRunning = false;
        });
      const runs = new Set<string>();
      while (isRunning || runs.size < 2) {
        const [list, summary] = await Promise.all([get('/api/customers?limit=3'), get('/api/dashboard/summary')]);
        expect([list.status, summary.status]).toEqual([200, 200]);
        const { source } = (await list.json()) as ListBody;
        const { run_id, as_of } = (await summary.json()) as { run_id: string; as_of: string };
        expect(as_of).toBe(run_id === before ? '2025-06-30' : '2025-07-01');
        runs.add(source.run_id);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await run;
      expect([...runs].toSorted()).toEqual([before, String(await current())].toSorted());
      const seen = first.data.map(({ account_id }) => account_id);
      let { next_cursor: cursor } = first.page;
      while (cursor !== null) {
        const page = (await (await get(`/api/customers?limit=60&cursor=${cursor}`)).json()) as ListBody;
        expect(page.source.run_id).toBe(before);
        seen.push(...page.data.map(({ account_id }) => account_id));
        cursor = page.page.next_cursor;
      }
      expect(new Set(seen).size).toBe(first.page.total);
    });

    it('a run that publishes nothing makes no snapshot', async () => {
      const [files, served] = [await snapshots(), await pointer()];
      await home().lake.runAll('2025-07-01');
      expect([await snapshots(), await pointer()]).toEqual([files, served]);
      expect(served.run_id).toBe(await current());
    });

    it('a rollback shows the publication before, from the snapshot that was made then', async () => {
      const files = await snapshots();
      const newest = await current();
      const { ports } = home().lake.pipeline;
      await rollback(ports, null);
      expect(await snapshots()).toEqual(files);
      await home().ports.store.refresh();
      expect(home().ports.store.current()?.meta.runId).toBe(await current());
      expect(await current()).not.toBe(newest);
      await rollback(ports, newest);
      await home().ports.store.refresh();
      expect(home().ports.store.current()?.meta.runId).toBe(newest);
    });

    it('a process that stands still between requests answers from what is newest, the first time too', async () => {
      const app = home().app({ waitsForNewer: true });
      const shown = async () =>
        ((await (await app.request('/api/customers?limit=1', as('admin'))).json()) as ListBody).source.run_id;
      const { ports } = home().lake.pipeline;
      const newest = String(await current());
      await rollback(ports, null);
      expect(await shown()).toBe(await current());
      expect(await shown()).not.toBe(newest);
      await rollback(ports, newest);
      expect(await shown()).toBe(newest);
    });

    it('tables are stale when no run has confirmed them for longer than anybody remembers', async () => {
      const later = new Date(Date.now() + 40 * 86_400_000);
      const app = home().app({}, { runs: new MemoryRuns(), now: () => later });
      const { data } = (await (await app.request('/api/tables', as('admin'))).json()) as {
        data: { is_stale: boolean }[];
      };
      expect(data.length).toBeGreaterThan(20);
      expect(data.every(({ is_stale }) => is_stale)).toBe(true);
    });

    it('pages of a publication that is gone say so', async () => {
      const app = home().app();
      const first = (await (await app.request('/api/customers?limit=5', as('admin'))).json()) as ListBody;
      const cursor = JSON.parse(Buffer.from(String(first.page.next_cursor), 'base64url').toString()) as { r: string };
      const old = Buffer.from(JSON.stringify({ ...cursor, r: '20200101T000000000Z-0000' })).toString('base64url');
      expect((await app.request(`/api/customers?limit=5&cursor=${old}`, as('admin'))).status).toBe(410);
    });

    it.each<[string, (text: string) => Promise<void> | void]>([
      ['a pointer that is no JSON', () => writeFile(pointerPath(), '{')],
      [
        'a pointer to a file that is gone',
        (text) => writeFile(pointerPath(), text.replace('snapshot.sqlite', 'gone.sqlite')),
      ],
      [
        'a file with another content',
        (text) => writeFile(pointerPath(), text.replace(/"sha256":"\w{8}/, '"sha256":"00000000')),
      ],
    ])('%s leaves the old snapshot standing, and health says so', async (_title, damage) => {
      const text = await readFile(pointerPath(), 'utf8');
      const { store } = home().ports;
      const served = store.current()?.meta.runId;
      // Another key and a newer generation make it something to take over.
      const copy = text.replace(/"generation":\d+/, '"generation":1000000');
      await damage(copy);
      const fresh = new SqliteServingStore(
        new FolderLake(join(home().lake.home, 'lake')),
        workspaceOf(home()),
        () => new Date(),
      );
      await fresh.refresh();
      expect(fresh.current()).toBeNull();
      expect(fresh.problem()).not.toBeNull();
      const empty = home().app({}, { store: fresh });
      const unavailable = await empty.request('/api/customers', as('admin'));
      expect([unavailable.status, unavailable.headers.get('retry-after')]).toEqual([503, '30']);
      await writeFile(pointerPath(), text);
      await fresh.refresh();
      expect([fresh.current()?.meta.runId, fresh.problem()]).toEqual([served, null]);
      await damage(copy.replace('/snapshot.sqlite', '/other.sqlite'));
      await fresh.refresh();
      expect(fresh.current()?.meta.runId).toBe(served);
      const health = (await (await home().app({}, { store: fresh }).request('/api/health', as('admin'))).json()) as {
        status: string;
        snapshot: { problem: string };
      };
      expect([health.status, typeof health.snapshot.problem]).toEqual(['degraded', 'string']);
      // Health promises that the log says why, once for each reason.
      const reasons = () => home().log.filter((line) => line.includes('snapshot_problem'));
      await expect.poll(() => reasons().at(-1)).toContain(JSON.stringify(fresh.problem()));
      await writeFile(pointerPath(), text);
      await fresh.close();
    });

    it('a pointer that a slow run writes late changes nothing for who has a newer one', async () => {
      const text = await readFile(pointerPath(), 'utf8');
      const late = {
        ...servingPointerSchema.parse(JSON.parse(text)),
        generation: 0,
        key: 'serving/late/snapshot.sqlite',
      };
      const { store } = home().ports;
      await store.refresh();
      const served = store.current()?.meta.runId;
      await writeFile(pointerPath(), JSON.stringify(late));
      await store.refresh();
      expect([store.current()?.meta.runId, store.problem()]).toEqual([served, null]);
      // The next run puts it right.
      await serveCurrent(home().lake.pipeline.ports);
      expect((await pointer()).run_id).toBe(await current());
    });
  });
}

function workspaceOf({ lake }: ApiHome) {
  return () => new FolderWorkspace(join(lake.home, 'lake'), { owner: 'test', isAlive: () => true });
}
