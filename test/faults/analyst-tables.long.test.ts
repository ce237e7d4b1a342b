import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MemoryAnalystTables } from '../../lambdas/adapters/memory/analyst-tables.ts';
import { StorageBusyError } from '../../lambdas/domain/errors.ts';
import type { TableName } from '../../lambdas/domain/table.ts';
import type { AnalystTables } from '../../lambdas/ports/analyst-tables.ts';
import type { PipelinePorts } from '../../lambdas/ports/pipeline-ports.ts';
import { collectGarbage } from '../../lambdas/steps/collect-garbage.ts';
import { publishedRuns } from '../../lambdas/steps/published-runs.ts';
import { rollback } from '../../lambdas/steps/rollback.ts';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';
import { thinned } from '../support/thin-configuration.ts';
import { copyHome, dropFirst, dropSecond } from './drops.ts';
import { failing } from './failing-port.ts';
import { type FaultHome, withHome } from './fault-home.ts';

const marts: TableName[] = ['analytics.sales_team_data_mart', 'analytics.customer_summary'];
const dayMilliseconds = 86_400_000;
let folder = '';
let homes = 0;
let tables: MemoryAnalystTables;

/** A lake with one publication, and with more files waiting. */
beforeAll(async () => {
  folder = await temporaryFolder();
  const path = join(folder, 'published');
  await dropFirst(path);
  await withHome(path, (home) => run(home, { analysts: new MemoryAnalystTables() }), { whole: true });
  await dropSecond(path);
});
beforeEach(() => {
  tables = new MemoryAnalystTables();
});
afterAll(() => removeFolder(folder));

async function run(home: FaultHome, replaced: Partial<PipelinePorts> = {}): Promise<void> {
  await home.run({}, { configuration: thinned(home.ports.configuration, marts), analysts: tables, ...replaced });
}

/** A copy of that lake, whose analysts have been told of its publication. */
async function inFreshHome(work: (home: FaultHome) => Promise<void>): Promise<void> {
  homes += 1;
  const path = join(folder, `home-${homes}`);
  await copyHome(join(folder, 'published'), path);
  const told = async (home: FaultHome) => {
    await tables.addSlices(await currentTables(home));
    await tables.switchTo(await currentTables(home));
    await work(home);
  };
  await withHome(path, told, { whole: true });
}

async function currentTables({ ports }: FaultHome) {
  const { current } = await ports.catalog.pointer();
  const publication = await ports.catalog.load(current ?? '');
  return publication.tables.filter(({ table }) => marts.includes(table));
}

/** Every slice that readers are led to can be read, and all are of one publication, which is returned. */
async function expectWhole({ ports }: FaultHome): Promise<string> {
  expect([...tables.shown.keys()].sort()).toEqual([...marts].sort());
  for (const [table, ids] of tables.shown) {
    expect(await tables.slices(table)).toEqual(expect.arrayContaining([...ids]));
  }
  const shown = [...tables.shown.values()].flat().sort();
  const publications = await publishedRuns(ports.catalog, await ports.catalog.pointer());
  for (const id of publications) {
    const { tables: all } = await ports.catalog.load(id);
    const slices = all.filter(({ table }) => marts.includes(table)).flatMap((version) => version.slices);
    if (JSON.stringify(slices.map((slice) => slice.id).sort()) === JSON.stringify(shown)) return id;
  }
  throw new Error(`${shown.join(', ')} are of no publication, of ${[...publications].join(', ')}.`);
}

describe('tables of analysts', () => {
  const error = new StorageBusyError('The catalog is throttled.');

  it.each<keyof AnalystTables>(['addLines', 'addSlices'])(
    'stay whole when a run fails by %s, and the next one mends them',
    async (method) => {
      await inFreshHome(async (home) => {
        const before = await expectWhole(home);
        await expect(run(home, { analysts: failing(tables, method, { error }) })).rejects.toThrow('throttled');
        expect(await expectWhole(home)).toBe(before);
        await run(home);
        expect(await expectWhole(home)).not.toBe(before);
      });
    },
  );

  it('show what they showed when a run fails after its slices were added', async () => {
    await inFreshHome(async (home) => {
      const before = await expectWhole(home);
      const catalog = failing(home.ports.catalog, 'switchTo', { error });
      await expect(run(home, { catalog })).rejects.toThrow('throttled');
      expect(await expectWhole(home)).toBe(before);
    });
  });

  it('show what they showed when a run fails by the switch of their views, and the next one mends them', async () => {
    await inFreshHome(async (home) => {
      const before = await expectWhole(home);
      await expect(run(home, { analysts: failing(tables, 'switchTo', { error }) })).rejects.toThrow('throttled');
      expect(await expectWhole(home)).toBe(before);
      await run(home);
      expect(await expectWhole(home)).toBe((await home.ports.catalog.pointer()).current);
      expect(await expectWhole(home)).not.toBe(before);
    });
  });

  it('show what is new when a run fails by its views, and the next one makes them', async () => {
    await inFreshHome(async (home) => {
      const before = await expectWhole(home);
      await expect(run(home, { analysts: failing(tables, 'renewViews', { error }) })).rejects.toThrow('throttled');
      expect(await expectWhole(home)).not.toBe(before);
      expect(tables.views.size).toBe(0);
      await run(home);
      expect([...tables.views.keys()]).toEqual(home.ports.configuration.views.map(({ view }) => view));
    });
  });

  it('are mended by a run that changes nothing', async () => {
    await inFreshHome(async (home) => {
      await run(home, { analysts: new MemoryAnalystTables() });
      await run(home);
      await expectWhole(home);
    });
  });

  it('show what was there after a rollback, also when it had been forgotten', async () => {
    await inFreshHome(async (home) => {
      const before = await expectWhole(home);
      await run(home);
      await tables.keepSlices('analytics', new Map());
      expect((await rollback({ ...home.ports, analysts: tables }, null)).current).toBe(before);
      await expectWhole(home);
    });
  });

  it('lose the slices of no kept publication as garbage, and no others', async () => {
    await inFreshHome(async (home) => {
      const counted = async () => (await Promise.all(marts.map((table) => tables.slices(table)))).flat().length;
      await run(home);
      const both = await counted();
      const now = () => new Date(Date.now() + 40 * dayMilliseconds);
      const ports = { ...home.ports, analysts: tables, now };
      await collectGarbage(ports, { publications: 10, days: 1 }, false);
      await collectGarbage(ports, { publications: 1, days: 1 }, true);
      expect(await counted()).toBe(both);
      await collectGarbage(ports, { publications: 1, days: 1 }, false);
      expect(await counted()).toBe(marts.length);
      await expectWhole(home);
    });
  });
});
