import { afterEach, describe, expect, it } from 'vitest';
import { LeaseHeldError } from '../../lambdas/domain/errors.ts';
import { type ExtractHome, extractHome, type HomeOptions } from './extract-home.ts';
import { orgDifferences } from './org-differences.ts';
import { insertAccounts, moveTo, remove, rename } from './org-edits.ts';

let home: ExtractHome;
afterEach(() => home.dispose());

async function accounts(options: Partial<HomeOptions> = {}, count = 6): Promise<string[]> {
  let ids: string[] = [];
  home = await extractHome({
    objects: [{ object: 'Account' }],
    fill: async (database) => {
      ids = await insertAccounts(database, count, '2025-06-01T00:00:00Z');
    },
    ...options,
  });
  expect(await home.run()).toBeNull();
  return ids;
}

const differences = () => orgDifferences(home, 'Account', 'salesforce_account');
const versions = async () => Number((await home.rows('select count(*) as n from bronze.salesforce_account'))[0]?.n);

describe('Windows of changes', () => {
  it('read everything first, then nothing again', async () => {
    await accounts();
    expect(await differences()).toEqual([]);
    const before = await home.pipeline.ports.catalog.pointer();
    expect(await home.run()).toBeNull();
    expect(await home.pipeline.ports.catalog.pointer()).toEqual(before);
    expect(await versions()).toBe(6);
  });

  it('see a change that is committed nine minutes after its stamp', async () => {
    const [id = ''] = await accounts();
    await home.server.change((database) => database.apply([rename(id, 'late', '2025-06-30T12:05:00Z', 540)]));
    await home.server.change((database) => moveTo(database, '2025-06-30T12:10:00Z'));
    await home.run();
    expect(await versions()).toBe(6);
    await home.server.change((database) => moveTo(database, '2025-06-30T12:15:00Z'));
    await home.run();
    expect(await differences()).toEqual([]);
  });

  it('lose one that is committed later, until a reconciliation finds and mends it', async () => {
    const [id = ''] = await accounts();
    await home.server.change((database) => database.apply([rename(id, 'very late', '2025-06-30T12:05:00Z', 1_200)]));
    await home.server.change((database) => moveTo(database, '2025-06-30T12:20:00Z'));
    await home.run();
    await home.server.change((database) => moveTo(database, '2025-06-30T12:40:00Z'));
    await home.run();
    expect(await differences()).toHaveLength(3);
    expect(await home.run({ reconcile: true })).toBeNull();
    expect(await differences()).toEqual([]);
    expect(await home.rows('select mended from ops.extract_status order by _closed_at desc limit 1')).toEqual([
      { mended: '1' },
    ]);
  });

  it('are compared once by the next run when a reconciliation met another one', async () => {
    const [id = ''] = await accounts();
    const editTooLate = async (name: string, minute: number) => {
      await home.server.change((database) => database.apply([rename(id, name, `2025-06-30T12:${minute}:00Z`, 1_200)]));
      for (const later of [minute + 15, minute + 20]) {
        await home.server.change((database) => moveTo(database, `2025-06-30T12:${later}:00Z`));
        await home.run();
      }
    };
    await editTooLate('very late', 10);
    expect(await differences()).not.toEqual([]);
    const { leases } = home.pipeline.ports;
    const lease = await leases.acquire('pipeline', 'another', 60, new Date());
    expect(await home.run({ reconcile: true })).toBeInstanceOf(LeaseHeldError);
    await leases.release(lease);
    await home.run();
    expect(await differences()).toEqual([]);
    await editTooLate('too late again', 35);
    expect(await differences()).not.toEqual([]);
  });

  it('keep two edits within one second', async () => {
    const [id = ''] = await accounts();
    await home.server.change(async (database) => {
      await moveTo(database, '2025-06-30T12:10:00Z');
      await database.apply([rename(id, 'first', '2025-06-30T12:05:00Z')]);
    });
    await home.run();
    await home.server.change((database) => database.apply([rename(id, 'second', '2025-06-30T12:05:00Z')]));
    await home.run();
    expect(await differences()).toEqual([]);
    expect(await versions()).toBe(8);
  });

  it('follow deletions, restorations, purges and merges', async () => {
    const [a = '', b = '', c = '', d = '', e = ''] = await accounts();
    const step = async (now: string, work: Parameters<ExtractHome['server']['change']>[0]) => {
      await home.server.change(async (database) => {
        await moveTo(database, now);
        await work(database);
      });
      expect(await home.run()).toBeNull();
      expect(await differences()).toEqual([]);
    };
    await step('2025-06-30T13:00:00Z', (database) =>
      database.apply([remove('delete', a, '2025-06-30T12:50:00Z'), remove('delete', b, '2025-06-30T12:51:00Z')]),
    );
    await step('2025-06-30T14:00:00Z', (database) =>
      database.apply([remove('undelete', a, '2025-06-30T13:50:00Z'), remove('purge', b, '2025-06-30T13:50:00Z')]),
    );
    await step('2025-06-30T15:00:00Z', (database) => database.apply([remove('purge', c, '2025-06-30T14:50:00Z')]));
    const at = new Date('2025-06-30T15:50:00Z');
    await step('2025-06-30T16:00:00Z', (database) =>
      database.apply([{ kind: 'merge', object: 'Account', id: d, loserId: e, stampedAt: at, committedAt: at }]),
    );
    const deleted = await home.rows('select id, found_by from bronze.salesforce_deletion order by id');
    expect(deleted).toEqual([b, c].sort().map((id) => ({ id, found_by: 'getDeleted' })));
  });

  it('find by reconciliation what was purged before the horizon of getDeleted', async () => {
    const [, b = ''] = await accounts();
    await home.server.change(async (database) => {
      await moveTo(database, '2025-07-01T00:00:00Z');
      await database.apply([remove('purge', b, '2025-06-30T23:50:00Z')]);
      await moveTo(database, '2025-09-01T00:00:00Z');
    });
    expect(await home.run()).toBeNull();
    expect(await differences()).toEqual([]);
    expect(await home.rows('select found_by from bronze.salesforce_deletion')).toEqual([
      { found_by: 'reconciliation' },
    ]);
  });

  it('refresh fields that change without a stamp, once a day', async () => {
    const [id = ''] = await accounts({ objects: [{ object: 'Account', refresh: ['Site'] }] });
    const at = new Date('2025-06-30T12:30:00Z');
    const silently = {
      kind: 'update',
      object: 'Account',
      id,
      values: { Site: 'moved' },
      silent: true,
      stampedAt: at,
      committedAt: at,
    } as const;
    await home.server.change(async (database) => {
      await moveTo(database, '2025-06-30T13:00:00Z');
      await database.apply([silently]);
    });
    await home.run();
    expect(await differences()).toHaveLength(1);
    await home.server.change((database) => moveTo(database, '2025-07-01T13:00:00Z'));
    await home.run();
    expect(await differences()).toEqual([]);
  });

  it('record fields that appear, disappear and change their type', async () => {
    const [id = ''] = await accounts();
    await home.server.change(async (database) => {
      const field = database.shape('Account').fields.find(({ name }) => name === 'Site');
      if (field === undefined) throw new Error('no field Site');
      await database.addField('Account', { ...field, name: 'New__c', custom: true });
      await database.removeField('Account', 'TickerSymbol');
      await database.retypeField('Account', { ...field, name: 'AccountNumber', type: 'textarea', length: 300 });
      await moveTo(database, '2025-06-30T13:00:00Z');
      await database.apply([{ ...rename(id, 'x', '2025-06-30T12:50:00Z'), values: { New__c: 'filled' } } as never]);
    });
    expect(await home.run()).toBeNull();
    expect(await differences()).toEqual([]);
    expect(
      await home.rows('select field, change, type_before, type_after from ops.schema_change order by field'),
    ).toEqual([
      { field: 'AccountNumber', change: 'retyped', type_before: 'string', type_after: 'textarea' },
      { field: 'New__c', change: 'added', type_before: null, type_after: 'string' },
      { field: 'TickerSymbol', change: 'removed', type_before: 'string', type_after: null },
    ]);
    expect((await home.pipeline.ports.runs.list(1))[0]?.warnings.join('\n')).toContain('Account.New__c was added');
  });

  it('never pass the time up to which getUpdated is complete, in strict mode', async () => {
    await accounts({ source: { strict: true } });
    await home.server.change((database) => moveTo(database, '2025-06-30T13:00:00Z'));
    await home.run();
    const cursor = await home.pipeline.ports.cursors.get('salesforce:Account');
    const asked = home.server.requests().filter(({ kind }) => kind === 'updated');
    expect(asked).toHaveLength(1);
    expect(cursor?.value && cursor.value <= '2025-06-30T12:59:00Z').toBe(true);
  });
});
