import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { reasonsSuffix } from '../../lambdas/domain/archive-key.ts';
import type { FileRecord, FileStatus } from '../../lambdas/domain/file-record.ts';
import { servingPointerKey, servingPointerSchema } from '../../lambdas/domain/serving/serving-pointer.ts';
import type { FaultHome } from './fault-home.ts';
import { difference } from './lake-difference.ts';
import { everyFile, type LakeState, lakeState } from './lake-state.ts';
import { type Original, originals } from './originals.ts';

/** Asserts the invariants of reliability.md on a home whose last run went well; `expected` comes from a home without faults. */
export async function expectInvariants(pipeline: FaultHome, expected: LakeState): Promise<void> {
  expect(difference(expected, await lakeState(pipeline))).toEqual({});
  const files = await everyFile(pipeline);
  expectOriginalsInPlace(files, await originals(pipeline.home));
  await expectReasonsBeside(pipeline, files);
  await expectRowsAccountedFor(pipeline, files);
  await expectStatusQueryable(pipeline, files);
  await expectRunsQueryable(pipeline);
  await expectServed(pipeline);
  expect(await pipeline.ports.leases.current('pipeline')).toBeNull();
}

/** What the API serves is what readers of the catalog see, and whole. */
async function expectServed({ ports, home }: FaultHome): Promise<void> {
  const text = await readFile(join(home, 'lake', servingPointerKey), 'utf8');
  const pointer = servingPointerSchema.parse(JSON.parse(text));
  expect(pointer.run_id).toBe((await ports.catalog.pointer()).current);
  const snapshot = await readFile(join(home, 'lake', pointer.key));
  expect(createHash('sha256').update(snapshot).digest('hex')).toBe(pointer.sha256);
}

/** One more run with nothing new finds nothing to do. */
export async function expectQuietRun(pipeline: FaultHome): Promise<void> {
  const before = await pipeline.ports.catalog.pointer();
  await pipeline.run();
  const [record] = await pipeline.ports.runs.list(1);
  expect(record?.status).toBe('UNCHANGED');
  expect(await pipeline.ports.catalog.pointer()).toEqual(before);
}

const areas: Partial<Record<FileStatus, string>> = { PROCESSED: 'archive', DUPLICATE: 'archive', REJECTED: 'rejected' };

/** Every file of the ledger lies where its status says, under the key that the ledger names, and nothing else lies anywhere. */
function expectOriginalsInPlace(files: readonly FileRecord[], found: readonly Original[]): void {
  expect(found.map((original) => original.key).toSorted()).toEqual(files.map((file) => file.archivedTo).toSorted());
  const hashes = new Map(found.map((original) => [original.key, original.sha256]));
  for (const file of files) {
    expect(file.archivedTo?.split('/')[0], file.key).toBe(areas[file.status]);
    if (file.sha256 !== null) expect(hashes.get(file.archivedTo ?? ''), file.key).toBe(file.sha256);
  }
}

/** Beside every rejected original lies a file with its reasons, and none beside the others. */
async function expectReasonsBeside({ ports }: FaultHome, files: readonly FileRecord[]): Promise<void> {
  const rejected = files.filter((file) => file.status === 'REJECTED');
  const found: string[] = [];
  for await (const object of ports.raw.list('')) if (object.key.endsWith(reasonsSuffix)) found.push(object.key);
  expect(found.toSorted()).toEqual(rejected.map((file) => `${file.archivedTo}${reasonsSuffix}`).toSorted());
}

/** read = loaded + quarantined + dropped, in the ledger and in the tables, and no line was loaded twice. */
async function expectRowsAccountedFor(pipeline: FaultHome, files: readonly FileRecord[]): Promise<void> {
  const { datasets } = pipeline.ports.configuration;
  const loaded = new Map<unknown, number>();
  const quarantined = new Map<unknown, number>();
  for (const table of new Set(datasets.map((dataset) => dataset.table))) {
    const rows = await pipeline.rows(
      `select _source_file as file, count(*) as n, count(distinct _source_line) as lines from bronze.${table} group by 1`,
    );
    for (const row of rows) {
      expect(row.lines, `lines of ${row.file}`).toBe(row.n);
      loaded.set(row.file, Number(row.n));
    }
  }
  for (const { dataset } of datasets) {
    const rows = await pipeline.rows(
      `select _source_file as file, count(*) as n from quarantine.${dataset} group by 1`,
    );
    for (const row of rows) quarantined.set(row.file, Number(row.n));
  }
  for (const { key, status, counts } of files) {
    const expected = status === 'PROCESSED' ? counts : null;
    expect(loaded.get(key) ?? 0, `rows loaded from ${key}`).toBe(expected?.loaded ?? 0);
    expect(quarantined.get(key) ?? 0, `rows of ${key} in quarantine`).toBe(expected?.quarantined ?? 0);
    if (expected === null) continue;
    expect(expected.read, key).toBe(expected.loaded + expected.quarantined + expected.dropped);
  }
}

/** `ops.file_status` says what the ledger says. */
async function expectStatusQueryable(pipeline: FaultHome, files: readonly FileRecord[]): Promise<void> {
  const rows = await pipeline.rows('select key, status, archived_to from ops.file_status');
  const told = new Set(rows.map((row) => `${row.key} ${row.status} ${row.archived_to}`));
  const known = files.map((file) => `${file.key} ${file.status} ${file.archivedTo}`);
  expect(known.filter((file) => !told.has(file))).toEqual([]);
  expect(told.size).toBe(known.length);
}

/** `ops.run` says of every run what the ledger says, and none is said to be running still. */
async function expectRunsQueryable(pipeline: FaultHome): Promise<void> {
  const rows = await pipeline.rows('select run_id, status, error_name from ops.run order by run_id desc');
  const runs = await pipeline.ports.runs.list(100);
  expect(rows).toEqual(runs.map(({ id, status, error }) => ({ run_id: id, status, error_name: error?.name ?? null })));
  expect(runs.map((run) => run.status)).not.toContain('RUNNING');
}
