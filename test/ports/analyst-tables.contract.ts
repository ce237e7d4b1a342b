import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { linesTables } from '../../lambdas/domain/lines-table.ts';
import type { Slice, TableName, TableVersion } from '../../lambdas/domain/table.ts';
import type { View } from '../../lambdas/domain/view.ts';
import type { AnalystTables } from '../../lambdas/ports/analyst-tables.ts';

export interface AnalystTablesHarness {
  readonly tables: AnalystTables;
  /** Ids of the slices that views read, sorted. */
  shown(): Promise<string[]>;
  /** Columns of a table as `name type`, in order; none where there is no such table. */
  columns(table: TableName): Promise<string[]>;
  /** Names of the views that exist, sorted. */
  views(): Promise<string[]>;
  dispose(): Promise<void>;
}

const customers: TableName = 'analytics.customers';
const columns = [{ name: 'id', type: 'varchar' as const }];

export function sliceOf(id: string, files = 1): Slice {
  return {
    id,
    partition: {},
    runId: id,
    columns,
    files: Array.from({ length: files }, (_, n) => ({
      key: `analytics/customers/run=${id}/1/part-${n}.parquet`,
      rows: 1,
      bytes: 9,
    })),
    rows: files,
    bytes: 9 * files,
    nulls: {},
    fingerprint: id,
  };
}

export function versionOf(slices: readonly Slice[], changes: Partial<TableVersion> = {}): TableVersion {
  return { table: customers, columns, partitionBy: [], slices, ...changes };
}

export function viewOf(name: string, text = 'select id from analytics.customers'): View {
  return {
    view: `analytics.${name}`,
    sql: text,
    contract: {
      view: `analytics.${name}`,
      row: 'one customer',
      description: 'Who are they?',
      owner: 'owner@example.com',
      columns: [{ name: 'id', type: 'varchar', description: 'Id' }],
    },
    reads: [{ table: customers, columns }],
  };
}

export function describeAnalystTablesContract(name: string, create: () => Promise<AnalystTablesHarness>): void {
  describe(`${name} as tables of analysts`, () => {
    let harness: AnalystTablesHarness;
    let tables: AnalystTables;

    beforeEach(async () => {
      harness = await create();
      tables = harness.tables;
    });
    afterEach(() => harness.dispose());

    it('know no slice of a table that nothing was added to', async () => {
      expect(await tables.slices(customers)).toEqual([]);
    });

    it('keep every slice that was added, once', async () => {
      await tables.addSlices([versionOf([sliceOf('r1/1')])]);
      await tables.addSlices([versionOf([sliceOf('r1/1'), sliceOf('r2/1')])]);
      await tables.addSlices([versionOf([sliceOf('r2/1')])]);
      expect(await tables.slices(customers)).toEqual(['r1/1', 'r2/1']);
    });

    it('take more slices than one call does', async () => {
      const ids = Array.from({ length: 230 }, (_, n) => `r${String(n).padStart(3, '0')}/1/month=2025-01`);
      await tables.addSlices([versionOf(ids.map((id) => sliceOf(id)))]);
      expect(await tables.slices(customers)).toEqual(ids);
      expect(await tables.keepSlices('analytics', new Map([[customers, new Set(ids.slice(0, 3))]]))).toBe(227);
      expect(await tables.slices(customers)).toEqual(ids.slice(0, 3));
    });

    it('do not need a slice without files', async () => {
      await tables.addSlices([versionOf([sliceOf('r1/1', 0)])]);
      expect(await tables.slices(customers)).toEqual([]);
    });

    it('forget only slices of the layer, and of tables that are gone all', async () => {
      const other: TableName = 'ops.other';
      await tables.addSlices([versionOf([sliceOf('r1/1')]), versionOf([sliceOf('r1/1')], { table: other })]);
      expect(await tables.keepSlices('analytics', new Map())).toBe(1);
      expect(await tables.keepSlices('analytics', new Map())).toBe(0);
      expect(await tables.slices(customers)).toEqual([]);
      expect(await tables.slices(other)).toEqual(['r1/1']);
    });

    it('serve old and new columns, the known ones in their places', async () => {
      const added = [
        { name: 'city', type: 'varchar' as const },
        { name: 'id', type: 'varchar' as const },
      ];
      await tables.addSlices([versionOf([sliceOf('r1/1')])]);
      await tables.addSlices([versionOf([sliceOf('r2/1')], { columns: added })]);
      await tables.addSlices([versionOf([sliceOf('r3/1')], { columns: [{ name: 'city', type: 'date' }] })]);
      expect(await harness.columns(customers)).toEqual(['id string', 'city date']);
    });

    it('show the slices that they were switched to last, and only those', async () => {
      await tables.switchTo([versionOf([sliceOf('r1/1'), sliceOf('r2/1')])]);
      expect(await harness.shown()).toEqual(['r1/1', 'r2/1']);
      await tables.switchTo([versionOf([sliceOf('r3/1')])]);
      await tables.switchTo([versionOf([sliceOf('r3/1')])]);
      expect(await harness.shown()).toEqual(['r3/1']);
    });

    it('know the tables of lines', async () => {
      await tables.addLines(linesTables);
      await tables.addLines(linesTables);
      expect(await harness.columns('ops.run')).toContain('cost_usd decimal(18,6)');
    });

    it('renew views only when they have changed', async () => {
      await tables.addSlices([versionOf([sliceOf('r1/1')])]);
      expect(await tables.renewViews([viewOf('one'), viewOf('two')])).toBe(2);
      expect(await tables.renewViews([viewOf('one'), viewOf('two')])).toBe(0);
      expect(
        await tables.renewViews([viewOf('one'), viewOf('two', 'select upper(id) as id from analytics.customers')]),
      ).toBe(1);
      expect(await harness.views()).toEqual(['one', 'two']);
    });

    it('lose views that are no longer wanted', async () => {
      await tables.renewViews([viewOf('one'), viewOf('two')]);
      expect(await tables.renewViews([viewOf('two')])).toBe(1);
      expect(await harness.views()).toEqual(['two']);
    });
  });
}
