import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OrgDatabase } from '../../../simulator/org/org-database.ts';
import { account } from '../../../simulator/org/shapes/customers.ts';
import { string } from '../../../simulator/org/shapes/fields.ts';
import { at, edit, emptyOrg, select } from './org-fixture.ts';

let database: OrgDatabase;

beforeEach(async () => {
  database = await emptyOrg();
});

afterEach(() => database.close());

async function accounts(...names: string[]): Promise<readonly string[]> {
  const ids = await database.nextIds('Account', names.length);
  await database.apply(names.map((Name, index) => edit('insert', 'Account', ids[index] ?? '', { values: { Name } })));
  return ids;
}

const names = (): Promise<Record<string, unknown>[]> =>
  select(database, 'select "Name", "IsDeleted" from org."Account" order by "Name"');

describe('changes', () => {
  it('stamp what they insert', async () => {
    const [id = ''] = await accounts('Acme');
    const [row] = await select(
      database,
      `select "Id", "IsDeleted", "CreatedDate", "SystemModstamp" from org."Account"`,
    );
    const stamp = '2025-06-30 12:00:00';
    expect(row).toStrictEqual({ Id: id, IsDeleted: false, CreatedDate: stamp, SystemModstamp: stamp });
  });

  it('keep whatever a text holds', async () => {
    const texts = ['"a,\r\nb"', '\u2028😀', 'NA', 'null', '01234', '', 'a\u0000b', 'x'.repeat(131_072)];
    await accounts(...texts);
    const rows = await select(database, 'select "Name" from org."Account" order by "Id"');
    expect(rows.map(({ Name }) => Name)).toStrictEqual(texts);
  });

  it('stamp in whole seconds', async () => {
    const [id = ''] = await accounts('Acme');
    const late = { stampedAt: new Date(+at(0) - 1), committedAt: at(0) };
    await database.apply([{ ...edit('update', 'Account', id, { values: { Site: 'HQ' } }), ...late }]);
    await database.apply([{ ...edit('insert', 'Account', '001x', { values: { Name: 'B' } }), ...late }]);
    const rows = await select(database, 'select "SystemModstamp" from org."Account" order by "Name"');
    expect(rows.map(({ SystemModstamp }) => SystemModstamp)).toStrictEqual([
      '2025-06-30 12:00:00',
      '2025-06-30 11:59:59',
    ]);
  });

  it('leave stamps alone when silent', async () => {
    const [id = ''] = await accounts('Acme');
    await database.setNow(at(5));
    await database.apply([
      edit('update', 'Account', id, { minute: 5, silent: true, values: { AnnualRevenue: '5.10' } }),
    ]);
    const [row] = await select(database, 'select "AnnualRevenue", "SystemModstamp" from org."Account"');
    expect(row).toStrictEqual({ AnnualRevenue: '5.10', SystemModstamp: '2025-06-30 12:00:00' });
  });

  it('happen all or not at all', async () => {
    await accounts('Acme');
    const good = edit('insert', 'Account', '001a', { values: { Name: 'Good' } });
    const bad = edit('update', 'Account', '001b', { values: { Name: 'Nobody' } });
    await expect(database.apply([good, bad])).rejects.toThrow('Account 001b does not exist');
    expect(await names()).toHaveLength(1);
  });

  it.each([
    ['an unknown object', edit('delete', 'Lead', '00Q1'), 'no object Lead'],
    ['an unknown field', edit('update', 'Account', '001a', { values: { Colour: 'red' } }), 'no field Colour'],
    ['a commit before its stamp', edit('delete', 'Account', '001a', { minute: 0, committed: -1 }), 'before its stamp'],
    ['the deletion of a user', edit('delete', 'User', '0051'), 'cannot be deleted'],
  ])('are refused: %s', async (_, change, message) => {
    await expect(database.apply([change])).rejects.toThrow(message);
  });
});

describe('a commit after its stamp', () => {
  it('is invisible until it is settled', async () => {
    const [id = ''] = await accounts('Before');
    await database.apply([edit('update', 'Account', id, { committed: 5, values: { Name: 'After' } })]);
    expect(await database.settle(at(4))).toBe(0);
    expect(await names()).toStrictEqual([{ Name: 'Before', IsDeleted: false }]);
    expect(await database.settle(at(5))).toBe(1);
    const [row] = await select(database, 'select "Name", "SystemModstamp" from org."Account"');
    expect(row).toStrictEqual({ Name: 'After', SystemModstamp: '2025-06-30 12:00:00' });
  });

  it('never moves a stamp backwards', async () => {
    const [id = ''] = await accounts('Acme');
    await database.apply([
      edit('update', 'Account', id, { minute: 1, committed: 9, values: { Site: 'late' } }),
      edit('update', 'Account', id, { minute: 3, values: { Phone: '1' } }),
    ]);
    await database.settle(at(10));
    const [row] = await select(database, 'select "Site", "Phone", "SystemModstamp" from org."Account"');
    expect(row).toStrictEqual({ Site: 'late', Phone: '1', SystemModstamp: '2025-06-30 12:03:00' });
  });

  it('has no effect on a record purged meanwhile', async () => {
    const [id = ''] = await accounts('Acme');
    await database.apply([
      edit('update', 'Account', id, { committed: 9, values: { Site: 'late' } }),
      edit('purge', 'Account', id),
    ]);
    expect(await database.settle(at(10))).toBe(1);
    expect(await names()).toStrictEqual([]);
  });
});

describe('deletions', () => {
  it('go into the recycle bin and come back', async () => {
    const [id = ''] = await accounts('Acme');
    await database.apply([edit('delete', 'Account', id)]);
    expect(await names()).toStrictEqual([{ Name: 'Acme', IsDeleted: true }]);
    expect(await database.deleted('Account', at(0), at(1))).toStrictEqual([{ id, deletedAt: at(0) }]);
    expect(await database.updated('Account', at(0), at(1))).toStrictEqual([]);
    await database.apply([edit('undelete', 'Account', id)]);
    expect(await names()).toStrictEqual([{ Name: 'Acme', IsDeleted: false }]);
    expect(await database.deleted('Account', at(0), at(1))).toStrictEqual([]);
    expect(await database.updated('Account', at(0), at(1))).toStrictEqual([id]);
  });

  it('for ever are remembered with the time of the first', async () => {
    const [binned = '', gone = ''] = await accounts('Acme', 'Bolt');
    await database.setNow(at(9));
    await database.apply([
      edit('delete', 'Account', binned, { minute: 2 }),
      edit('purge', 'Account', binned, { minute: 5 }),
      edit('purge', 'Account', gone, { minute: 6 }),
    ]);
    expect(await names()).toStrictEqual([]);
    const deleted = [
      { id: binned, deletedAt: at(2) },
      { id: gone, deletedAt: at(6) },
    ];
    expect(await database.deleted('Account', at(0), at(7))).toStrictEqual(deleted);
    expect(await database.deleted('Account', at(3), at(6))).toStrictEqual([]);
  });
});

describe('a merge', () => {
  it('gives the winner what the loser had', async () => {
    const [winner = '', loser = '', child = ''] = await accounts('Win', 'Lose', 'Child');
    const [contactId = ''] = await database.nextIds('Contact', 1);
    await database.apply([
      edit('insert', 'Contact', contactId, { values: { LastName: 'L', Name: 'L', AccountId: loser } }),
      edit('update', 'Account', child, { values: { ParentId: loser } }),
      edit('update', 'Account', winner, { values: { ParentId: loser } }),
    ]);
    await database.setNow(at(5));
    await database.apply([edit('merge', 'Account', winner, { loserId: loser, minute: 5 })]);
    const rows = await select(
      database,
      `select "Name", "IsDeleted", "MasterRecordId", "ParentId" from org."Account" order by "Name"`,
    );
    expect(rows).toStrictEqual([
      { Name: 'Child', IsDeleted: false, MasterRecordId: null, ParentId: winner },
      { Name: 'Lose', IsDeleted: true, MasterRecordId: winner, ParentId: null },
      { Name: 'Win', IsDeleted: false, MasterRecordId: null, ParentId: null },
    ]);
    const [person] = await select(database, 'select "AccountId", "SystemModstamp" from org."Contact"');
    expect(person).toStrictEqual({ AccountId: winner, SystemModstamp: '2025-06-30 12:05:00' });
    expect(await database.deleted('Account', at(5), at(6))).toStrictEqual([{ id: loser, deletedAt: at(5) }]);
  });
});

describe('formulas', () => {
  it('change with the clock and leave the stamp alone', async () => {
    await accounts('Acme');
    await database.apply([
      edit('insert', 'Contract', '800a', { values: { Status: 'Activated', EndDate: '2025-06-30' } }),
      edit('insert', 'CaseMilestone', '555a', { values: { TargetDate: at(30) } }),
    ]);
    const seen = () =>
      select(
        database,
        `select a."Account_Age_Days__c" as age, c."Status" as status, m."IsViolated" as violated, m."SystemModstamp" as stamp
         from org."Account" a, org."Contract" c, org."CaseMilestone" m`,
      );
    const stamp = '2025-06-30 12:00:00';
    expect(await seen()).toStrictEqual([{ age: '0', status: 'Activated', violated: false, stamp }]);
    await database.setNow(at(24 * 60));
    expect(await seen()).toStrictEqual([{ age: '1', status: 'Expired', violated: true, stamp }]);
  });
});

describe('schema drift', () => {
  it('adds, retypes and removes fields', async () => {
    await accounts('Acme');
    await database.addField('Account', string('Colour__c', 20));
    await database.apply([edit('insert', 'Account', '001b', { values: { Name: 'Bolt', Colour__c: 'red' } })]);
    await database.retypeField('Account', { ...string('Site', 0), type: 'int', length: 0 });
    await database.removeField('Account', 'TickerSymbol');
    const [row] = await select(database, `select * from org."Account" where "Name" = 'Bolt'`);
    expect(row).toMatchObject({ Colour__c: 'red', Site: null });
    expect(row).not.toHaveProperty('TickerSymbol');
    expect(database.shape('Account').fields).toHaveLength(account.fields.length);
  });
});

describe('an org in a file', () => {
  it('is as it was when it is opened again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'org-'));
    const first = await emptyOrg(join(folder, 'org.db'));
    await first.addField('Account', string('Colour__c', 20));
    const [id = ''] = await first.nextIds('Account', 1);
    await first.apply([edit('insert', 'Account', id, { committed: 3, values: { Name: 'Acme', Colour__c: 'red' } })]);
    first.close();
    const second = await OrgDatabase.open(join(folder, 'org.db'), []);
    expect(second.shapes.map(({ name }) => name)).toContain('DatedConversionRate');
    expect(await second.now()).toStrictEqual(at(0));
    await second.settle(at(3));
    expect(await select(second, 'select "Id", "Colour__c" from org."Account"')).toStrictEqual([
      { Id: id, Colour__c: 'red' },
    ]);
    expect(await second.nextIds('Account', 1)).not.toContain(id);
    second.close();
    await rm(folder, { recursive: true });
  });
});
