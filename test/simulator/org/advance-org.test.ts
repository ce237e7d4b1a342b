import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdvanceSummary, advanceOrg } from '../../../simulator/org/advance/advance-org.ts';
import { generateOrg } from '../../../simulator/org/generate/generate-org.ts';
import { OrgDatabase } from '../../../simulator/org/org-database.ts';
import { orgShapes } from '../../../simulator/org/shapes/org-shapes.ts';
import { stages } from '../../../simulator/org/shapes/stages.ts';
import { emptyOrg, select } from './org-fixture.ts';

async function smallOrg(): Promise<OrgDatabase> {
  const org = await OrgDatabase.open(':memory:', orgShapes);
  await generateOrg({ database: org, seed: 3, scale: 0.02, lastDay: '2025-06-30' });
  return org;
}

async function contents(org: OrgDatabase): Promise<unknown[]> {
  const sums = orgShapes.map(
    ({ name }) => `select '${name}' as name, count(*), bit_xor(hash(t))::varchar as sum from org."${name}" t`,
  );
  return await select(org, sums.join(' union all '));
}

let database: OrgDatabase;
let before: unknown[];
let summary: AdvanceSummary;

beforeAll(async () => {
  database = await smallOrg();
  before = await contents(database);
  summary = await advanceOrg(database, { days: 4, seed: 11 });
});

afterAll(() => database.close());

describe('a simulated day', () => {
  it('moves the clock by 24 hours', async () => {
    expect(summary).toMatchObject({ from: '2025-07-01T06:00:00.000Z', to: '2025-07-05T06:00:00.000Z' });
    expect((await database.now()).toISOString()).toBe(summary.to);
  });

  it('does all that happens in an org', () => {
    const kinds = [
      ...['insert Account', 'insert Contact', 'insert Opportunity', 'insert OpportunityHistory', 'insert Case'],
      ...['insert Task', 'insert Invoice__c', 'insert Usage__c', 'insert DatedConversionRate', 'update CurrencyType'],
      ...['update Account', 'update Contact', 'update Opportunity', 'update Invoice__c', 'update CaseMilestone'],
      ...['delete Account', 'delete Contact', 'delete Opportunity', 'purge Opportunity', 'delete Task', 'purge Task'],
      ...['undelete Task', 'merge Account', 'merge Contact'],
    ];
    expect(Object.keys(summary.changes)).toEqual(expect.arrayContaining(kinds));
    expect(summary.won).toBeGreaterThan(0);
    expect(summary.lost).toBeGreaterThan(0);
  });

  it('stamps every change within it', async () => {
    for (const { name } of orgShapes) {
      const [row] = await select(
        database,
        `select max("SystemModstamp") < timestamp '2025-07-05 06:00:00' as ok from org."${name}"`,
      );
      expect({ name, ...row }).toStrictEqual({ name, ok: true });
    }
    const rows = await select(
      database,
      `select count(*)::int as edits from org."Account" where "SystemModstamp" >= '2025-07-01 06:00:00'`,
    );
    expect(Number(rows[0]?.edits)).toBeGreaterThan(3);
  });

  it('leaves stages consistent and references resolved', async () => {
    const seen = await select(
      database,
      `select distinct "StageName" as name, "IsClosed" as "isClosed", "IsWon" as "isWon", "Probability"::int as probability,
       "ForecastCategory" as "forecastCategory" from org."Opportunity"`,
    );
    expect(stages).toEqual(expect.arrayContaining(seen));
    for (const { name, fields } of orgShapes) {
      for (const { name: field, referenceTo } of fields.filter(({ type }) => type === 'reference')) {
        const known = referenceTo.map((parent) => `select "Id" from org."${parent}"`).join(' union all ');
        const dangling = await select(
          database,
          `select "Id", "${field}" from org."${name}" where "${field}" not in (${known})`,
        );
        expect({ name, field, dangling }).toStrictEqual({ name, field, dangling: [] });
      }
    }
  });

  it('keeps Ids single and rates without gaps', async () => {
    for (const { name } of orgShapes) {
      expect(await select(database, `select "Id" from org."${name}" group by 1 having count(*) > 1`)).toStrictEqual([]);
    }
    const gaps = await select(
      database,
      `select * from (select "NextStartDate" as next, lead("StartDate") over (partition by "IsoCode" order by "StartDate") as start
       from org."DatedConversionRate") where next <> coalesce(start, date '9999-12-31')`,
    );
    expect(gaps).toStrictEqual([]);
  });

  it('is told by updated and deleted', async () => {
    const [start, end] = [new Date(summary.from), new Date(summary.to)];
    const gone = await database.deleted('Opportunity', start, end);
    const removed = (summary.changes['delete Opportunity'] ?? 0) + (summary.changes['purge Opportunity'] ?? 0);
    expect(gone).toHaveLength(removed);
    expect((await database.updated('Opportunity', start, end)).length).toBeGreaterThan(summary.won);
  });

  it('is the same again', async () => {
    const again = await smallOrg();
    expect(await contents(again)).toStrictEqual(before);
    expect(await advanceOrg(again, { days: 4, seed: 11 })).toStrictEqual(summary);
    expect(await contents(again)).toStrictEqual(await contents(database));
    again.close();
  });
});

describe('days with late commits', () => {
  it('end like days without, once settled', async () => {
    const late = await smallOrg();
    await advanceOrg(late, { days: 1, seed: 5, commitDelay: 86_400 });
    const pending = await select(late, 'select count(*)::int as waiting from meta.pending');
    expect(Number(pending[0]?.waiting)).toBeGreaterThan(10);
    expect(await late.settle(new Date('2025-07-03T06:00:00Z'))).toBe(pending[0]?.waiting);
    expect(await select(late, 'select * from meta.pending')).toStrictEqual([]);
    const stamped = await select(
      late,
      `select max("SystemModstamp") < '2025-07-02 06:00:00' as inside from org."Opportunity"`,
    );
    expect(stamped).toStrictEqual([{ inside: true }]);
    late.close();
  });
});

describe('options of a simulated day', () => {
  it('are refused when they cannot work', async () => {
    await expect(advanceOrg(database, { days: 0, seed: 1 })).rejects.toThrow('days: expected');
    const empty = await emptyOrg();
    await expect(advanceOrg(empty, { days: 1, seed: 1 })).rejects.toThrow('expected an org with accounts');
    empty.close();
  });
});
