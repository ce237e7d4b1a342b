import { expect, it } from 'vitest';
import { DynamoDbActions } from '../../lambdas/adapters/dynamodb/actions.ts';
import { DynamoDbCursors } from '../../lambdas/adapters/dynamodb/cursors.ts';
import { DynamoDbFiles } from '../../lambdas/adapters/dynamodb/files.ts';
import { DynamoDbLeases } from '../../lambdas/adapters/dynamodb/leases.ts';
import { DynamoDbRuns } from '../../lambdas/adapters/dynamodb/runs.ts';
import { describeActionsContract } from '../ports/actions.contract.ts';
import { describeCursorsContract } from '../ports/cursors.contract.ts';
import { describeFilesContract } from '../ports/files.contract.ts';
import { describeLeasesContract } from '../ports/leases.contract.ts';
import { describeRunsContract } from '../ports/runs.contract.ts';
import { sampleFile } from '../ports/sample-file.ts';
import { freshTable } from './moto-table.ts';

describeRunsContract('DynamoDbRuns', async () => {
  const { table, dispose } = await freshTable();
  return { runs: new DynamoDbRuns(table), dispose };
});
describeFilesContract('DynamoDbFiles', async () => {
  const { table, dispose } = await freshTable();
  return { files: new DynamoDbFiles(table), dispose };
});
describeCursorsContract('DynamoDbCursors', async () => {
  const { table, dispose } = await freshTable();
  return { cursors: new DynamoDbCursors(table), dispose };
});
describeLeasesContract('DynamoDbLeases', async () => {
  const { table, dispose } = await freshTable();
  return { leases: new DynamoDbLeases(table), dispose };
});
describeActionsContract('DynamoDbActions', async () => {
  const { table, dispose } = await freshTable();
  return { actions: new DynamoDbActions(table), dispose };
});

it('updates more files than a transaction holds', async () => {
  const { table, dispose } = await freshTable();
  const files = new DynamoDbFiles(table);
  const ids = Array.from({ length: 60 }, (_, index) => `f-${index}`);
  await files.register(ids.map((id) => sampleFile(id)));
  await files.update(ids.map((id) => sampleFile(id, { status: 'PROCESSED', sha256: id })));
  expect(await files.withStatus(['RECEIVED'])).toEqual([]);
  expect(await files.withStatus(['PROCESSED'])).toHaveLength(60);
  expect((await files.processedWithContent('sales', ['f-59'])).get('f-59')?.id).toBe('f-59');
  await dispose();
});

it('keeps a note larger than an item', async () => {
  const { table, dispose } = await freshTable();
  const cursors = new DynamoDbCursors(table);
  const note = JSON.stringify(Array.from({ length: 30_000 }, (_, index) => ({ slice: index, ä: '😀' })));
  await cursors.note('Account', note, '2025-06-30T00:00:00Z');
  expect((await cursors.get('Account'))?.note).toBe(note);
  await dispose();
});

it('lets records go long after their end, but not contents, nor what is open', async () => {
  const { table, dispose } = await freshTable();
  const files = new DynamoDbFiles(table);
  await files.register(['open', 'closed'].map((id) => sampleFile(id)));
  const updatedAt = '2025-06-30T00:00:00.000Z';
  await files.update([sampleFile('closed', { status: 'PROCESSED', sha256: 'hash', updatedAt })]);
  const expiries = async (partition: string) =>
    (await Array.fromAsync(table.query(partition))).map((item) => item.ttl ?? null);
  const end = Date.parse('2026-08-04T00:00:00Z') / 1_000;
  expect(await expiries('FILE#closed')).toEqual([end]);
  expect(await expiries('FILES#PROCESSED')).toEqual([end]);
  expect(await expiries('CONTENT#sales#hash')).toEqual([null]);
  expect(await expiries('FILE#open')).toEqual([null]);
  expect(await expiries('FILES#RECEIVED')).toEqual([null]);
  await dispose();
});
