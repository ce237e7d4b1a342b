import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateOrg } from '../../../simulator/org/generate/generate-org.ts';
import { plantKinds } from '../../../simulator/org/generate/plants.ts';
import type { OrgTruth } from '../../../simulator/org/generate/truth.ts';
import { readCrmTruth, writeCrmTruth } from '../../../simulator/org/generate/truth-file.ts';
import { OrgDatabase } from '../../../simulator/org/org-database.ts';
import { storedFields } from '../../../simulator/org/org-tables.ts';
import { isSalesforceId } from '../../../simulator/org/salesforce-id.ts';
import { orgShapes } from '../../../simulator/org/shapes/org-shapes.ts';
import { stages } from '../../../simulator/org/shapes/stages.ts';
import { select } from './org-fixture.ts';
import { recountDeals, recountRows, recountSignals } from './recount-org.ts';

const settings = { seed: 42, scale: 0.05, lastDay: '2025-06-30' };
let database: OrgDatabase;
let truth: OrgTruth;

async function generate(seed: number, scale: number): Promise<{ database: OrgDatabase; truth: OrgTruth }> {
  const org = await OrgDatabase.open(':memory:', orgShapes);
  return { database: org, truth: await generateOrg({ ...settings, database: org, seed, scale }) };
}

/** A number per object that depends on every value of every record. */
async function contents(org: OrgDatabase): Promise<unknown[]> {
  const sums = org.shapes.map(
    ({ name }) => `select '${name}' as name, bit_xor(hash(t))::varchar as sum from org."${name}" t`,
  );
  return await select(org, sums.join(' union all '));
}

beforeAll(async () => {
  ({ database, truth } = await generate(settings.seed, settings.scale));
});

afterAll(() => database.close());

describe('a generated org', () => {
  it('is the same again, and another with another seed', async () => {
    const [first, again, other] = await Promise.all([generate(7, 0.01), generate(7, 0.01), generate(8, 0.01)]);
    expect(again.truth).toStrictEqual(first.truth);
    expect(await contents(again.database)).toStrictEqual(await contents(first.database));
    expect(await contents(other.database)).not.toStrictEqual(await contents(first.database));
    for (const org of [first, again, other]) org.database.close();
  });

  it('has the numbers of its scale', () => {
    const { Account, Contact, Opportunity } = truth.rows;
    expect([Account?.live, Contact?.live, Opportunity?.live]).toStrictEqual([1_000, 3_000, 5_000]);
  });

  it('has as many salespeople in a region as can look after its accounts', async () => {
    const teams = await select(
      database,
      `select "GeographicRegion__c" as region, count(*) * 1.0 / count(distinct "OwnerId") as each_has from org."Account" group by 1`,
    );
    expect(teams.length).toBe(4);
    for (const { each_has } of teams) expect(Number(each_has)).toBeLessThan(50);
  });

  it('has Ids with checksums that belong to records', async () => {
    for (const { name, fields } of orgShapes) {
      const ids = await select(database, `select "Id" as id from org."${name}"`);
      expect(new Set(ids.map(({ id }) => id)).size).toBe(ids.length);
      expect(ids.filter(({ id }) => !isSalesforceId(String(id)))).toStrictEqual([]);
      for (const { name: field, referenceTo } of fields.filter(({ type }) => type === 'reference')) {
        const known = referenceTo.map((parent) => `select "Id" from org."${parent}"`).join(' union all ');
        const dangling = await select(
          database,
          `select "${field}" from org."${name}" where "${field}" not in (${known})`,
        );
        expect({ name, field, dangling }).toStrictEqual({ name, field, dangling: [] });
      }
    }
  });

  it('fills every field that is required', async () => {
    for (const shape of orgShapes) {
      for (const { name } of storedFields(shape).filter(({ nillable }) => !nillable)) {
        const empty = await select(database, `select "Id" from org."${shape.name}" where "${name}" is null limit 1`);
        expect({ object: shape.name, name, empty }).toStrictEqual({ object: shape.name, name, empty: [] });
      }
    }
  });

  it('lets the stage decide', async () => {
    const seen = await select(
      database,
      `select distinct "StageName" as name, "IsClosed" as "isClosed", "IsWon" as "isWon", "Probability"::int as probability,
       "ForecastCategory" as "forecastCategory" from org."Opportunity"`,
    );
    expect(new Set(seen)).toStrictEqual(new Set(stages));
  });

  it('adds up line items to the amount', async () => {
    const wrong = await select(
      database,
      `select "OpportunityId" from org."OpportunityLineItem" i join org."Opportunity" o on o."Id" = "OpportunityId"
       group by 1 having sum("TotalPrice") <> any_value("Amount") or bool_or("TotalPrice" <> "UnitPrice" * "Quantity")`,
    );
    expect(wrong).toStrictEqual([]);
  });

  it('has valid e-mail addresses, unlike unless planned', async () => {
    const contacts = await select(database, `select "Email" as email from org."Contact"`);
    const emails = contacts.map(({ email }) => String(email));
    expect(emails.filter((email) => !/^[a-z0-9.]+@[a-z0-9]+\.example$/.test(email))).toStrictEqual([]);
    const companies = truth.companies.filter(({ variation }) => variation === 'shared-contact');
    expect(emails.length - new Set(emails).size).toBeGreaterThanOrEqual(companies.length);
    expect(emails.length - new Set(emails).size).toBeLessThan(3 * truth.companies.length);
  });

  it('knows nothing of the time after its clock', async () => {
    const now = await database.now();
    expect(now.toISOString()).toBe('2025-07-01T06:00:00.000Z');
    for (const { name, fields } of orgShapes) {
      const modified = fields.some((field) => field.name === 'LastModifiedDate')
        ? '"LastModifiedDate"'
        : '"SystemModstamp"';
      const wrong = await select(
        database,
        `select "Id" from org."${name}" where "CreatedDate" > ${modified} or ${modified} > "SystemModstamp"
         or "SystemModstamp" > timestamp '2025-07-01 06:00:00' limit 1`,
      );
      expect({ name, wrong }).toStrictEqual({ name, wrong: [] });
    }
  });

  it('gives new records Ids after the old ones', async () => {
    const [id] = await database.nextIds('Account', 1);
    expect(await select(database, `select max("Id") < '${id}' as later from org."Account"`)).toStrictEqual([
      { later: true },
    ]);
  });

  it('is refused for settings that cannot work', async () => {
    await expect(generateOrg({ database, seed: 0.5, scale: 0, lastDay: '2025-02-30' })).rejects.toThrow(
      /seed: .*scale: .*lastDay: /,
    );
    await expect(generateOrg({ ...settings, database })).rejects.toThrow('expected an org without records');
  });
});

describe('the truth of an org', () => {
  it('counts what is there', async () => {
    expect(await recountRows(database)).toStrictEqual(truth.rows);
    expect(await recountDeals(database)).toStrictEqual(truth.deals);
    const industries = await select(
      database,
      `select "Industry" as industry, count(*)::int as count from org."Account" where not "IsDeleted" group by 1 order by 1`,
    );
    const counts = industries.map(({ industry, count }) => [industry, count]);
    expect(Object.fromEntries(counts)).toStrictEqual(truth.accountsByIndustry);
    const orphans = await select(
      database,
      `select "Id" as id from org."Opportunity" where "AccountId" is null order by 1`,
    );
    expect(orphans.map(({ id }) => id)).toStrictEqual(truth.unattributedOpportunities);
    expect(orphans.length).toBeGreaterThan(0);
  });

  it('names every account for which a signal holds', async () => {
    const { churn_at_70: atThreshold, ...found } = await recountSignals(database, settings.lastDay);
    expect(found).toStrictEqual({ ...truth.alerts, ...truth.rules });
    expect(truth.planted.find(({ kind }) => kind === 'churn-at-70')?.accountIds.toSorted()).toStrictEqual(atThreshold);
  });

  it.each([
    [
      'churning',
      ['churn_risk', 'sla_compliance', 'escalated_cases', 'overdue', 'usage_decline', 'expiry', 'R001', 'R006'],
    ],
    ['churn-at-70', ['escalated_cases', 'overdue', 'usage_decline', 'expiry', 'R003'], ['churn_risk', 'R001']],
    ['usage-decline', ['usage_decline']],
    ['usage-decline-30', [], ['usage_decline']],
    ['upsell', ['R002']],
    ['upsell-saturated', [], ['R002']],
    ['overdue', ['overdue', 'R003']],
    ['overdue-15', [], ['overdue', 'R003']],
    ['overdue-void', [], ['overdue', 'R003']],
    ['breached', ['sla_compliance', 'R004']],
    ['breach-tolerated', ['R004'], ['sla_compliance']],
    ['breach-by-time', ['sla_compliance', 'R004']],
    ['escalated', ['escalated_cases']],
    ['expiring', ['expiry']],
    ['expiring-in-90', [], ['expiry']],
    ['expired', ['expiry']],
    ['expired-91', [], ['expiry']],
    ['renewed', [], ['expiry']],
    ['growing', ['R005']],
    ['shrinking', [], ['R005']],
    ['first-year', [], ['R005']],
    ['silent', ['R006']],
  ])('has planted cases: %s', (kind, fired, silent: string[] = []) => {
    const ids = truth.planted.find((planted) => planted.kind === kind)?.accountIds ?? [];
    const signals: Record<string, readonly string[]> = { ...truth.alerts, ...truth.rules };
    expect(plantKinds).toContain(kind);
    expect(ids.length).toBeGreaterThanOrEqual(3);
    for (const signal of fired) expect(signals[signal]).toEqual(expect.arrayContaining([...ids]));
    for (const signal of silent) expect(ids.filter((id) => signals[signal]?.includes(id))).toStrictEqual([]);
  });

  it('is read back as it was written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'truth-'));
    expect(await readCrmTruth(folder)).toBeNull();
    await writeCrmTruth(folder, truth);
    expect(await readCrmTruth(folder)).toStrictEqual(truth);
    await writeFile(join(folder, 'truth-crm.json'), '{"seed": 1}');
    await expect(readCrmTruth(folder)).rejects.toThrow('scale');
    await rm(folder, { recursive: true });
  });
});

describe('companies under several names', () => {
  it('have as many regions as planned', () => {
    for (const { acrossRegions, accounts } of truth.companies) {
      expect(new Set(accounts.map(({ region }) => region)).size).toBe(acrossRegions ? accounts.length : 1);
      expect(accounts.length).toBeGreaterThanOrEqual(2);
    }
  });

  it('are named alike, and nobody else is', async () => {
    const letters = `regexp_replace(regexp_replace(lower(strip_accents("Name")), '[^a-z ]', '', 'g'), ' +', ' ', 'g')`;
    const core = `regexp_replace(${letters}, ' (inc|llc|corp|corporation|(co |pty |pvt )?ltd|limited|plc|(gmbh co )?kg|gmbh|ag|sas?|sarl|bv|nv|kk|sa de cv|s de rl|ltda)$', '')`;
    // Names alike to 85 percent share a whole long word, or are found by the pairs of their company anyway.
    const pairs = await select(
      database,
      `with word as (select "Id" as id, ${core} as name, unnest(string_split(${core}, ' ')) as word from org."Account" where not "IsDeleted")
       select distinct a.id as a, b.id as b from word a join word b on a.id < b.id and length(a.word) > 8 and a.word = b.word
       where levenshtein(a.name, b.name) <= 0.15 * greatest(length(a.name), length(b.name))`,
    );
    const company = new Map(
      truth.companies.flatMap(({ accounts }, index) => accounts.map(({ id }) => [id, index] as const)),
    );
    const strangers = pairs.filter(
      ({ a, b }) => company.get(String(a)) === undefined || company.get(String(a)) !== company.get(String(b)),
    );
    expect(pairs.length).toBeGreaterThan(0);
    expect(strangers).toStrictEqual([]);
  });
});
