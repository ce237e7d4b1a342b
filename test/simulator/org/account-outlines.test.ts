import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOutlines } from '../../../simulator/org/generate/account-outlines.ts';
import { CompanyNames, nameText } from '../../../simulator/org/generate/company-names.ts';
import { generateOrg } from '../../../simulator/org/generate/generate-org.ts';
import { places } from '../../../simulator/org/generate/places.ts';
import type { OrgTruth } from '../../../simulator/org/generate/truth.ts';
import { OrgDatabase } from '../../../simulator/org/org-database.ts';
import { orgShapes } from '../../../simulator/org/shapes/org-shapes.ts';
import { Random } from '../../../simulator/random.ts';
import { select } from './org-fixture.ts';

const settings = { seed: 42, scale: 0.05, lastDay: '2025-06-30' };
let database: OrgDatabase;
let truth: OrgTruth;

beforeAll(async () => {
  database = await OrgDatabase.open(':memory:', orgShapes);
  truth = await generateOrg({ ...settings, database });
});

afterAll(() => database.close());

describe('outlines of accounts', () => {
  const outlines = [...accountOutlines(settings)];

  it('are the accounts of the org with the same settings', async () => {
    const accounts = await select(
      database,
      `select "Id" as id, trim("Name") as name, "GeographicRegion__c" as region, "ParentId" as parent
       from org."Account" where "MasterRecordId" is null order by "Id"`,
    );
    const ours = outlines.map(({ id, name, region, parentId }) => ({ id, name, region, parent: parentId }));
    expect(ours.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(accounts);
  });

  it('say which accounts are one company, and whom they all know', async () => {
    const companies = new Map<number, string[]>();
    for (const { id, company } of outlines)
      if (company !== null) companies.set(company, [...(companies.get(company) ?? []), id]);
    const planted = truth.companies.map(({ accounts }) => accounts.map(({ id }) => id).toSorted());
    expect([...companies.values()].map((ids) => ids.toSorted()).toSorted()).toEqual(planted.toSorted());
    const known = await select(
      database,
      'select "AccountId" as account, "Email" as email from org."Contact" where not "IsDeleted"',
    );
    const contacts = new Set(known.map(({ account, email }) => `${account} ${email}`));
    const shared = outlines.filter((one) => one.shared !== null);
    expect(shared.length).toBeGreaterThan(4);
    for (const { id, shared: person } of shared) expect(contacts.has(`${id} ${person?.email}`)).toBe(true);
  });
});

describe('names of companies', () => {
  it('are all different, also where a third word could be a trade', () => {
    const names = new CompanyNames(42);
    const random = new Random(42, 'place');
    const industries = ['Consulting', 'Technology', 'Energy'];
    const texts = Array.from({ length: 300_000 }, (_, index) => {
      const [place] = places;
      if (place === undefined) throw new Error('no place');
      return nameText({ ...names.name(index, industries[index % 3] ?? '', place, random), legalForm: '' });
    });
    expect(new Set(texts).size).toBe(texts.length);
  });
});
