import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CrmWarehouse, type Fields } from './support/crm-warehouse.ts';

let warehouse: CrmWarehouse;

beforeAll(async () => {
  warehouse = await CrmWarehouse.open();
});

beforeEach(async () => {
  await warehouse.empty('bronze.salesforce_account', 'bronze.salesforce_deletion');
});

const version = (Name: string, SystemModstamp: string | null, extracted = '01', rest: Fields = {}): Fields => ({
  Id: 'A1',
  Name,
  SystemModstamp,
  IsDeleted: 'false',
  _extracted_at: `2025-07-${extracted} 00:00:00`,
  ...rest,
});

const gone = (extracted: string, id = 'A1', object = 'Account'): Promise<void> =>
  warehouse.fill('bronze.salesforce_deletion', [
    {
      object,
      id,
      deleted_at: '2025-07-01T00:00:00.000Z',
      found_by: 'getDeleted',
      _extracted_at: `2025-07-${extracted} 00:00:00`,
    },
  ]);

async function latest(...versions: readonly Fields[]) {
  await warehouse.extracted('Account', ...versions);
  await warehouse.build('silver.account');
  return await warehouse.rows('select name, is_deleted from silver.account');
}

describe('the latest version of a record', () => {
  it('has the greatest stamp, in whatever form it is written', async () => {
    const rows = await latest(
      version('second', '2025-06-01T12:00:01.000+0000', '01'),
      version('first', '2025-06-01T12:00:00.000Z', '02'),
    );
    expect(rows).toEqual([{ name: 'second', is_deleted: false }]);
  });

  it('is told by time, not by text: an offset counts', async () => {
    const rows = await latest(
      version('earlier', '2025-06-01T13:00:00.000+0200', '02'),
      version('later', '2025-06-01T12:00:00.000Z', '01'),
    );
    expect(rows).toEqual([{ name: 'later', is_deleted: false }]);
  });

  it('of one stamp was extracted later: two edits in one second', async () => {
    const stamp = '2025-06-01T12:00:00.000Z';
    const rows = await latest(version('second', stamp, '02'), version('first', stamp, '01'));
    expect(rows).toEqual([{ name: 'second', is_deleted: false }]);
  });

  it('of one stamp and extraction was written by the later run', async () => {
    const stamp = '2025-06-01T12:00:00.000Z';
    const rows = await latest(
      version('second', stamp, '01', { _run_id: 'run-2' }),
      version('first', stamp, '01', { _run_id: 'run-1' }),
    );
    expect(rows).toEqual([{ name: 'second', is_deleted: false }]);
  });

  it('has the other stamps where the object has no SystemModstamp', async () => {
    const rows = await latest(
      version('later', null, '01', { LastModifiedDate: '2025-06-02T00:00:00.000Z' }),
      version('earlier', null, '02', { CreatedDate: '2025-06-01T00:00:00.000Z' }),
    );
    expect(rows).toEqual([{ name: 'later', is_deleted: false }]);
  });

  it('has any readable stamp rather than none', async () => {
    const rows = await latest(version('readable', '2025-06-01T12:00:00Z', '01'), version('none', 'soon', '02'));
    expect(rows).toEqual([{ name: 'readable', is_deleted: false }]);
  });

  it('of one stamp is the extracted one, even if an export was dropped later; of a later stamp the export', async () => {
    const stamp = '2025-06-01T12:00:00.000Z';
    const exported = { _source_system: 'salesforce-export' };
    expect(await latest(version('extracted', stamp, '01'), version('export', stamp, '02', exported))).toEqual([
      { name: 'extracted', is_deleted: false },
    ]);
    expect(await latest(version('newer export', '2025-06-01T12:00:01.000+0000', '02', exported))).toEqual([
      { name: 'newer export', is_deleted: false },
    ]);
  });

  it('is one row per Id, also when it was read a hundred times', async () => {
    const rows = await latest(...Array.from({ length: 20 }, () => version('same', '2025-06-01T12:00:00Z')));
    expect(rows).toEqual([{ name: 'same', is_deleted: false }]);
  });
});

describe('a deleted record', () => {
  it.each(['true', '1', 'TRUE'])('says so itself: %s', async (IsDeleted) => {
    const rows = await latest(
      version('alive', '2025-06-01T12:00:00Z', '01'),
      version('deleted', '2025-06-02T12:00:00Z', '01', { IsDeleted }),
    );
    expect(rows).toEqual([{ name: 'deleted', is_deleted: true }]);
  });

  it('is back when a later version says so', async () => {
    const rows = await latest(
      version('deleted', '2025-06-02T12:00:00Z', '01', { IsDeleted: 'true' }),
      version('undeleted', '2025-06-03T12:00:00Z', '02'),
    );
    expect(rows).toEqual([{ name: 'undeleted', is_deleted: false }]);
  });

  it('was found to be gone after its latest version was read, or with it', async () => {
    await gone('02');
    expect(await latest(version('gone', '2025-06-01T12:00:00Z', '01'))).toEqual([{ name: 'gone', is_deleted: true }]);
    await gone('03');
    expect(await latest(version('again', '2025-06-05T12:00:00Z', '03'))).toEqual([{ name: 'again', is_deleted: true }]);
  });

  it('is back when it was read after it was found to be gone', async () => {
    await gone('02');
    expect(await latest(version('back', '2025-06-01T12:00:00Z', '03'))).toEqual([{ name: 'back', is_deleted: false }]);
  });

  it('does not come back with an export made before the deletion, but with one made of a later version', async () => {
    await gone('02');
    const exported = { _source_system: 'salesforce-export' };
    expect(await latest(version('old', '2025-06-30T12:00:00.000+0000', '05', exported))).toEqual([
      { name: 'old', is_deleted: true },
    ]);
    expect(await latest(version('later', '2025-07-01T00:00:01.000+0000', '06', exported))).toEqual([
      { name: 'later', is_deleted: false },
    ]);
  });

  it('is neither another record nor one of another object', async () => {
    await gone('02', 'A2');
    await gone('02', 'A1', 'Contact');
    expect(await latest(version('alive', '2025-06-01T12:00:00Z', '01'))).toEqual([
      { name: 'alive', is_deleted: false },
    ]);
  });

  it('is one row though it was found to be gone many times', async () => {
    for (const day of ['02', '03', '04']) await gone(day);
    expect(await latest(version('gone', '2025-06-01T12:00:00Z', '01'))).toEqual([{ name: 'gone', is_deleted: true }]);
  });
});
