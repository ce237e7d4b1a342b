import { afterEach, describe, expect, it } from 'vitest';
import type { CrashPoint } from '../../lambdas/domain/crash-points.ts';
import { type ExtractHome, extractHome } from './extract-home.ts';
import { orgDifferences } from './org-differences.ts';
import { insertAccounts, moveTo, remove } from './org-edits.ts';

let home: ExtractHome;
let ids: string[];
afterEach(() => home.dispose());

/** Ten accounts on three pages, and a run that reads them and dies at the point. */
async function dieAt(point: CrashPoint, stampedAt = '2025-06-01T00:00:00Z'): Promise<void> {
  home = await extractHome({
    objects: [{ object: 'Account' }],
    source: { small_window_rows: 0 },
    pageRecords: 4,
    fill: async (database) => {
      ids = await insertAccounts(database, 10, stampedAt);
    },
  });
  const crash = (reached: CrashPoint) => {
    if (reached === point) throw new Error(`died at ${point}`);
  };
  expect(String(await home.run({}, [], { crash }))).toContain(`died at ${point}`);
  expect((await home.pipeline.ports.cursors.get('salesforce:Account'))?.value).toBe('');
}

/** Purges a record, and lets so much time pass that no overlap of windows shows it. */
async function purgeFirst(): Promise<void> {
  await home.server.change(async (database) => {
    await moveTo(database, '2025-06-30T13:00:00Z');
    await database.apply([remove('purge', ids[0] ?? '', '2025-06-30T12:30:00Z')]);
    await moveTo(database, '2025-06-30T16:00:00Z');
  });
}

const differences = () => orgDifferences(home, 'Account', 'salesforce_account');

describe('A record that is purged after a first run died', () => {
  it.each<CrashPoint>(['publish-run:switched', 'extract-object:page-noted', 'extract-object:outcome-written'])(
    'at %s is found to be gone by the next run',
    async (point) => {
      await dieAt(point);
      await purgeFirst();
      expect(await home.run()).toBeNull();
      expect(await differences()).toEqual([]);
      expect(await home.rows('select id, found_by from bronze.salesforce_deletion')).toEqual([
        { id: ids[0], found_by: 'getDeleted' },
      ]);
    },
  );

  it('is found by a look at all Ids when nobody knows since when to ask', async () => {
    await dieAt('publish-run:switched');
    await home.pipeline.ports.cursors.note('salesforce:Account', null, 'lost');
    await purgeFirst();
    expect(await home.run()).toBeNull();
    expect(await differences()).toEqual([]);
    expect(await home.rows('select found_by from bronze.salesforce_deletion')).toEqual([
      { found_by: 'reconciliation' },
    ]);
    const audits = () => home.server.requests().filter(({ kind }) => kind === 'bulk-create').length;
    const before = audits();
    expect(await home.run()).toBeNull();
    expect(audits()).toBe(before);
  });
});

describe('Rows that a first run read before it died', () => {
  it('are in bronze once, though the next run sees them again', async () => {
    // Within the overlap of the two windows.
    await dieAt('extract-object:outcome-written', '2025-06-30T11:55:00Z');
    expect(await home.run()).toBeNull();
    const accounts = 'select count(*)::varchar as n, count(distinct id)::varchar as ids from bronze.salesforce_account';
    expect(await home.rows(accounts)).toEqual([{ n: '10', ids: '10' }]);
    const extract =
      'select rows_read, rows_loaded, rows_known, mended from ops.extract_status order by run_id desc limit 1';
    expect(Object.values((await home.rows(extract))[0] ?? {}).map(Number)).toEqual([20, 10, 10, 0]);
  });
});
