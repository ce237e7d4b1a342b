import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { opsTables } from '../../lambdas/domain/ops-tables.ts';
import { layerModels } from '../../lambdas/domain/configuration.ts';
import { generateClientFiles } from '../../simulator/clients/generate.ts';
import { generateDrops } from '../../simulator/drops/generate.ts';
import { type GeneratedHome, generatedHome, lastDay } from '../extract/generated-home.ts';
import { insertAccounts, moveTo, time } from '../extract/org-edits.ts';

let home: GeneratedHome;
/** All that the tables of the layer say, one text per table. */
const shown = new Map<string, string>();

const secret = { name: 'Wilhelmina Quackenbush', email: 'wilhelmina.q@quackenbush.example', phone: '+1 212 867 5309' };

/** The same of the pipeline's own tables, which analysts read too. */
const told = new Map<string, string>();

/** Every text of a table, once. */
async function textOf(table: string): Promise<string> {
  const cells = (await home.rows(`select * from ${table}`)).flatMap((row) => Object.values(row));
  const texts = cells.filter((cell) => typeof cell === 'string' && !/^-?\d+\.\d+$/.test(cell));
  return [...new Set(texts)].join('\n');
}

/** Free text of the org that names a person, where the Customer 360 takes it from. */
async function plantFreeText(): Promise<void> {
  const { database } = home;
  await moveTo(database, '2025-06-30T20:00:00Z');
  const [account = ''] = await insertAccounts(database, 1, '2025-06-30T20:00:00Z', 'Planted');
  const at = time('2025-06-30T20:00:00Z');
  const [id = ''] = await database.nextIds('Task', 1);
  const said = `Call ${secret.name} (${secret.email}, ${secret.phone})`;
  const values = {
    Subject: said,
    Description: said,
    WhatId: account,
    AccountId: account,
    Status: 'Completed',
    IsClosed: 'true',
    ActivityDate: lastDay,
  };
  await database.apply([{ kind: 'insert', object: 'Task', id, stampedAt: at, committedAt: at, values }]);
  await moveTo(database, '2025-06-30T22:00:00Z');
}

beforeAll(async () => {
  home = await generatedHome(0.02);
  await plantFreeText();
  await home.dropWarehouse();
  const folder = home.pipeline.rawFolder;
  await generateDrops({ folder, seed: 7, scale: 0.002 });
  await generateClientFiles({ folder, seed: 7, scale: 0.05, days: 120 });
  await home.runAll();
  for (const { table } of layerModels(home.pipeline.ports.configuration, 'analytics'))
    shown.set(table, await textOf(table));
  for (const { table } of opsTables) told.set(table, await textOf(table));
});

afterAll(() => home.dispose());

/** Texts of the given kind that came in, from every table that has them. */
async function given(sql: string): Promise<string[]> {
  const values = (await home.rows(sql)).map(({ value }) => String(value ?? '').trim());
  return [...new Set(values)].filter((value) => value.length > 3);
}

function leaks(values: readonly string[]): string[] {
  return [...shown, ...told].flatMap(([table, text]) =>
    values.filter((value) => text.includes(value)).map((value) => `${table}: ${value}`),
  );
}

describe('the layer analytics', () => {
  it('has every table of gold, with as many rows and the same columns', async () => {
    const gold = layerModels(home.pipeline.ports.configuration, 'gold').map(({ table }) => table.replace('gold.', ''));
    expect([...shown.keys()].toSorted()).toEqual(gold.map((name) => `analytics.${name}`).toSorted());
    for (const name of gold) {
      const [count] = await home.rows(
        `select (select count(*) from gold.${name}) as gold, (select count(*) from analytics.${name}) as analytics`,
      );
      expect(count?.analytics, name).toBe(count?.gold);
    }
  });

  it('was made of tables with rows', () => {
    const empty = [...shown].filter(([, text]) => text === '').map(([table]) => table);
    // Nobody has too many clients in so small a world.
    expect(empty).toEqual(['analytics.capacity_alert']);
  });

  it('copies what is not personal as it is', async () => {
    const columns = 'customer_id, customer_lifetime_value, recency_days, customer_segment';
    const [difference] = await home.rows(
      `select count(*) as n from (select ${columns} from gold.customer_summary except select ${columns} from analytics.customer_summary)`,
    );
    expect(difference?.n).toBe('0');
  });

  it('shows initials, domains, two digits and cities', async () => {
    const [row] = await home.rows(`
      select count(*) as n, count_if(regexp_like(full_name, '^([^.]\\.)+$')) as names, count_if(regexp_like(phone_number, '^[*]{3}[0-9]{2}$')) as phones,
        count_if(length(address) > 2 and not regexp_like(address, '[0-9,]')) as cities
      from analytics.customer_summary`);
    expect(Number(row?.n)).toBeGreaterThan(10);
    expect([row?.names, row?.phones, row?.cities]).toEqual([row?.n, row?.n, row?.n]);
    const [client] = await home.rows(
      `select count(primary_advisor_email) as n, count_if(regexp_like(primary_advisor_email, '^[*]{3}@[a-z0-9.-]+$')) as domains from analytics.client_dim`,
    );
    expect(Number(client?.n)).toBeGreaterThan(10);
    expect(client?.domains).toBe(client?.n);
    // What is there is found by the search of the tests below.
    expect(leaks(['***@advisors.example'])).toContain('analytics.client_dim: ***@advisors.example');
  });

  it('has no name of a person that came in', async () => {
    const names = await given(`
      select first_name || ' ' || last_name as value from silver.contact
      union all select first_name || ' ' || last_name from silver.crm_user
      union all select first_name || ' ' || last_name from silver.customer
      union all select first_name || ' ' || last_name from silver.sales_person
      union all select store_manager_name from silver.store`);
    expect(names.length).toBeGreaterThan(100);
    expect(leaks([...names, secret.name])).toEqual([]);
  });

  it('has no address of e-mail that came in', async () => {
    const emails = await given(`
      select email as value from silver.contact union all select email from silver.crm_user union all select username from silver.crm_user
      union all select advisor_email from bronze.client`);
    expect(emails.length).toBeGreaterThan(100);
    expect(leaks([...emails, secret.email])).toEqual([]);
  });

  it('has no telephone number and no street that came in', async () => {
    const phones = await given(`
      select phone as value from silver.contact union all select mobile_phone from silver.contact union all select phone from silver.account
      union all select phone from silver.crm_user union all select phone_number from silver.customer`);
    const streets = await given(`
      select billing_street as value from silver.account union all select mailing_street from silver.contact union all select address from silver.customer`);
    expect(Math.min(phones.length, streets.length)).toBeGreaterThan(50);
    expect(leaks([...phones, secret.phone, ...streets])).toEqual([]);
  });

  it('answers every view', async () => {
    const { views } = home.pipeline.ports.configuration;
    const counts = await Promise.all(
      views.map(({ view }) => home.rows(`select '${view}' as view, count(*) as n from ${view}`)),
    );
    expect(counts.flat().filter(({ n }) => n === '0')).toEqual([]);
    const [best] = await home.rows('select industry from analytics.top_industries where revenue_rank = 1');
    const [same] = await home.rows(
      'select industry from gold.revenue_by_industry order by total_revenue desc, industry limit 1',
    );
    expect(best).toEqual(same);
  });

  it('shows nothing of free text that names a person, of which gold has it', async () => {
    const [gold] = await home.rows(
      `select count(*) as n from gold.customer_timeline where title like '%${secret.name}%'`,
    );
    expect(gold?.n).toBe('1');
    expect(leaks(['Quackenbush', 'quackenbush'])).toEqual([]);
  });
});
