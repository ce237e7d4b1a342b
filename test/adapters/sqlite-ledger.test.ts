import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqliteActions } from '../../lambdas/adapters/sqlite/actions.ts';
import { SqliteCursors } from '../../lambdas/adapters/sqlite/cursors.ts';
import { SqliteDatabase } from '../../lambdas/adapters/sqlite/database.ts';
import { SqliteFiles } from '../../lambdas/adapters/sqlite/files.ts';
import { SqliteLeases } from '../../lambdas/adapters/sqlite/leases.ts';
import { SqliteRuns } from '../../lambdas/adapters/sqlite/runs.ts';
import {
  ConfigurationError,
  CorruptStateError,
  ResourceExhaustedError,
  StorageBusyError,
  TerminalError,
} from '../../lambdas/domain/errors.ts';
import { describeActionsContract } from '../ports/actions.contract.ts';
import { describeCursorsContract } from '../ports/cursors.contract.ts';
import { describeFilesContract } from '../ports/files.contract.ts';
import { describeLeasesContract } from '../ports/leases.contract.ts';
import { describeRunsContract, sampleRun } from '../ports/runs.contract.ts';
import { sampleFile } from '../ports/sample-file.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';

async function opened<T>(make: (database: SqliteDatabase) => T): Promise<T & { dispose(): Promise<void> }> {
  const folder = await temporaryFolder();
  const database = new SqliteDatabase(join(folder.path, 'home/ledger.sqlite'));
  const dispose = async () => {
    database.close();
    await folder.remove();
  };
  return { ...make(database), dispose };
}

describeRunsContract('SqliteRuns', () => opened((database) => ({ runs: new SqliteRuns(database) })));
describeFilesContract('SqliteFiles', () => opened((database) => ({ files: new SqliteFiles(database) })));
describeCursorsContract('SqliteCursors', () => opened((database) => ({ cursors: new SqliteCursors(database) })));
describeActionsContract('SqliteActions', () => opened((database) => ({ actions: new SqliteActions(database) })));
describeLeasesContract('SqliteLeases', () =>
  opened((database) => ({ leases: new SqliteLeases(database, { owner: 'here:1:1' }) })),
);

describe('the SQLite ledger', () => {
  let folder: TemporaryFolder;
  let path: string;
  let database: SqliteDatabase;

  beforeEach(async () => {
    folder = await temporaryFolder();
    path = join(folder.path, 'ledger.sqlite');
    database = new SqliteDatabase(path);
  });

  afterEach(async () => {
    database.close();
    await folder.remove();
  });

  it('registers two thousand files quickly', async () => {
    const files = new SqliteFiles(database);
    const milliseconds: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const batch = Array.from({ length: 2_000 }, (_, index) => sampleFile(`f-${round}-${index}`));
      const start = performance.now();
      expect(await files.register(batch)).toBe(2_000);
      milliseconds.push(performance.now() - start);
    }
    expect(await files.withStatus(['RECEIVED'])).toHaveLength(6_000);
    // The best of three, as other tests keep the machine busy.
    expect(Math.min(...milliseconds)).toBeLessThan(100);
  });

  it('looks files up by index', () => {
    const plan = (sql: string) => JSON.stringify(database.all(`explain query plan ${sql}`));
    expect(plan(`select 1 from files where status in ('A') order by key`)).toContain('files_by_status');
    expect(plan(`select 1 from files where sha256 = 'a' and status = 'PROCESSED'`)).toContain('files_by_content');
    expect(plan(`select record from files order by received_at desc, key limit 5`)).toContain('files_by_arrival');
  });

  it('is the same after being closed and opened', async () => {
    await new SqliteRuns(database).save(sampleRun('run-1'));
    database.close();
    database.close();
    database = new SqliteDatabase(path);
    expect(await new SqliteRuns(database).get('run-1')).toEqual(sampleRun('run-1'));
    expect((await stat(path)).size).toBeGreaterThan(0);
  });

  it('refuses a ledger of a newer version', () => {
    database.run('PRAGMA user_version = 99');
    expect(() => new SqliteDatabase(path)).toThrow(ConfigurationError);
  });

  it('names a file that is no database', async () => {
    const other = join(folder.path, 'other.sqlite');
    await writeFile(other, 'this is text, and long enough to be taken for a header of a database. '.repeat(40));
    expect(() => new SqliteDatabase(other)).toThrow(CorruptStateError);
    expect(() => new SqliteDatabase(other)).toThrow(other);
    expect(await readFile(other, 'utf8')).toContain('this is text');
    expect(() => new SqliteDatabase(join(other, 'below'))).toThrow(TerminalError);
    expect(() => new SqliteDatabase(folder.path)).toThrow(TerminalError);
  });

  it.each([
    ['no JSON', '{"id":'],
    ['another shape', '{"id":"run-1"}'],
    ['another status', JSON.stringify(sampleRun('run-1')).replace('RUNNING', 'LOST')],
  ])('names a record that is %s', async (_, text) => {
    const runs = new SqliteRuns(database);
    await runs.save(sampleRun('run-1'));
    database.run('update runs set record = ?', text);
    await expect(runs.get('run-1')).rejects.toThrow(CorruptStateError);
    await expect(runs.list(5)).rejects.toThrow('run run-1');
  });

  it('says that it is busy when another process writes', async () => {
    const impatient = new SqliteDatabase(path, { busyMilliseconds: 20 });
    database.run('BEGIN IMMEDIATE');
    await expect(new SqliteRuns(impatient).save(sampleRun('run-1'))).rejects.toThrow(StorageBusyError);
    await expect(new SqliteFiles(impatient).register([sampleFile('f-1')])).rejects.toThrow(StorageBusyError);
    expect(await new SqliteRuns(impatient).list(5)).toEqual([]);
    database.run('COMMIT');
    await new SqliteRuns(impatient).save(sampleRun('run-1'));
    impatient.close();
  });

  it('keeps what it had when the disk is full', async () => {
    const files = new SqliteFiles(database);
    await files.register([sampleFile('f-1')]);
    database.get('PRAGMA max_page_count = 30');
    const many = Array.from({ length: 2_000 }, (_, index) => sampleFile(`many-${index}`));
    await expect(files.register(many)).rejects.toThrow(ResourceExhaustedError);
    expect(await files.find({ limit: 10 })).toEqual([sampleFile('f-1')]);
    await files.register([sampleFile('f-2')]);
    expect(await files.find({ limit: 10 })).toHaveLength(2);
  });

  it('rolls back when the work throws', async () => {
    const fail = () =>
      database.transaction(() => {
        database.run(`insert into runs (id, record) values ('x', '{}')`);
        throw new RangeError('stop');
      });
    expect(fail).toThrow(RangeError);
    expect(database.all('select id from runs')).toEqual([]);
    expect(database.transaction(() => 7)).toBe(7);
  });
});
