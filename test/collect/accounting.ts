import { expect } from 'vitest';
import { reasonsSuffix } from '../../lambdas/domain/archive-key.ts';
import type { FileRecord, FileStatus } from '../../lambdas/domain/file-record.ts';
import type { DropHome } from './drop-home.ts';

const areas: Record<FileStatus, string> = {
  RECEIVED: 'landing',
  COLLECTED: 'landing',
  PROCESSED: 'archive',
  DUPLICATE: 'archive',
  REJECTED: 'rejected',
};

/**
 * Nothing is lost: every file dropped lies unchanged in exactly the one place that the ledger names, a rejected one with its reasons
 * beside it; its rows are all accounted for, in the ledger as in the tables; and `ops.file_status` says the same.
 */
export async function expectAccountedFor(home: DropHome): Promise<void> {
  const records = [...(await home.ledger()).values()].flat();
  await expectOriginals(home, records);
  await expectRows(home, records);
  await expectOpsTable(home, records);
}

async function expectOriginals(home: DropHome, records: readonly FileRecord[]): Promise<void> {
  const stored = await home.stored();
  const arrivals = new Map<string, number>();
  for (const record of records) {
    const arrival = arrivals.get(record.key) ?? 0;
    arrivals.set(record.key, arrival + 1);
    const place = record.archivedTo ?? '';
    expect(place.split('/')[0], record.key).toBe(areas[record.status]);
    expect(stored.get(place)?.equals(home.dropped.get(record.key)?.[arrival] ?? Buffer.of()), place).toBe(true);
    stored.delete(place);
    if (record.status !== 'REJECTED') continue;
    const reasons = `${place}${reasonsSuffix}`;
    const told = JSON.parse(stored.get(reasons)?.toString() ?? 'null') as Partial<FileRecord> & { file: string };
    expect(told, reasons).toMatchObject({ file: record.key, dataset: record.dataset, reasons: record.reasons });
    stored.delete(reasons);
  }
  expect([...stored.keys()], 'files that the ledger does not know').toEqual([]);
  expect(Object.fromEntries(arrivals)).toEqual(
    Object.fromEntries([...home.dropped].map(([key, bodies]) => [key, bodies.length])),
  );
}

async function expectRows({ pipeline }: DropHome, records: readonly FileRecord[]): Promise<void> {
  const { datasets } = pipeline.ports.configuration;
  const bronze = [...new Set(datasets.map(({ table }) => `bronze.${table}`))];
  const loaded = await rowsPerFile(pipeline, bronze);
  const quarantined = await rowsPerFile(
    pipeline,
    datasets.map(({ dataset }) => `quarantine.${dataset}`),
  );
  const told = { loaded: new Map<string, number>(), quarantined: new Map<string, number>() };
  for (const { key, sha256, status, counts, reasons } of records) {
    if (status === 'REJECTED') expect(reasons, key).not.toEqual([]);
    if (status !== 'PROCESSED') continue;
    const taken = counts ?? { read: 0, loaded: 0, quarantined: 0, dropped: 0 };
    expect(taken.read, key).toBeGreaterThan(0);
    expect(taken.read, key).toBe(taken.loaded + taken.quarantined + taken.dropped);
    if (taken.loaded > 0) told.loaded.set(`${key} ${sha256}`, taken.loaded);
    if (taken.quarantined > 0) told.quarantined.set(`${key} ${sha256}`, taken.quarantined);
  }
  expect(Object.fromEntries(loaded), 'rows in bronze').toEqual(Object.fromEntries(told.loaded));
  expect(Object.fromEntries(quarantined), 'rows in quarantine').toEqual(Object.fromEntries(told.quarantined));
}

async function rowsPerFile(pipeline: DropHome['pipeline'], tables: readonly string[]): Promise<Map<string, number>> {
  const selects = tables.map((table) => `select _source_file, _file_sha256 from ${table}`);
  const rows = await pipeline.rows(
    `select _source_file, _file_sha256, count(*) as n from (${selects.join(' union all ')}) group by all`,
  );
  return new Map(rows.map((row) => [`${row._source_file} ${row._file_sha256}`, Number(row.n)]));
}

async function expectOpsTable({ pipeline }: DropHome, records: readonly FileRecord[]): Promise<void> {
  const rows = await pipeline.rows(
    `select file_id, key, status, archived_to, sha256, rows_read, rows_loaded, rows_quarantined, rows_dropped, reasons,
       duplicate_of from ops.file_status`,
  );
  const told = new Map(rows.map((row) => [row.file_id, row]));
  expect(rows.length).toBe(records.length);
  for (const record of records) {
    const { counts } = record;
    const text = (count: number | undefined) => (count === undefined ? null : String(count));
    expect(told.get(record.id), record.key).toEqual({
      file_id: record.id,
      key: record.key,
      status: record.status,
      archived_to: record.archivedTo,
      sha256: record.sha256,
      rows_read: text(counts?.read),
      rows_loaded: text(counts?.loaded),
      rows_quarantined: text(counts?.quarantined),
      rows_dropped: text(counts?.dropped),
      reasons: JSON.stringify(record.reasons),
      duplicate_of: record.duplicateOf,
    });
  }
}
