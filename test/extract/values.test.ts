import { afterEach, describe, expect, it } from 'vitest';
import type { FieldValues, OrgChange } from '../../simulator/org/org-change.ts';
import type { OrgDatabase } from '../../simulator/org/org-database.ts';
import { type ExtractHome, extractHome } from './extract-home.ts';
import { oddAmounts, oddTexts, oddTimes, shortIds } from './odd-values.ts';
import { moveTo } from './org-edits.ts';
import { texts } from './org-measures.ts';

let home: ExtractHome;
afterEach(() => home.dispose());

/** Within the overlap of the first run's window, so that the second one reads every record again. */
const at = new Date('2025-06-30T11:55:00Z');

/** One account per value, and the texts that bronze must have of it. */
const expected = new Map<string, Readonly<Record<string, string | null>>>();

async function fill(database: OrgDatabase): Promise<void> {
  const accounts: { values: FieldValues; bronze: Record<string, string | null> }[] = [
    ...Object.values(oddTexts).map((text) => ({ values: { Description: text }, bronze: { description: text } })),
    ...shortIds.map((text) => ({ values: { AccountNumber: text }, bronze: { accountnumber: text } })),
    ...Object.entries(oddAmounts).map(([amount, text]) => ({
      values: { AnnualRevenue: amount },
      bronze: { annualrevenue: text },
    })),
    ...oddTimes.map(([day, time]) => ({
      values: { LastActivityDate: day, CreatedDate: new Date(time) },
      bronze: { lastactivitydate: day, createddate: time },
    })),
    { values: { NumberOfEmployees: 2_147_483_647 }, bronze: { numberofemployees: '2147483647' } },
    { values: { Site: '' }, bronze: { site: null } },
  ];
  const ids = await database.nextIds('Account', accounts.length);
  expected.clear();
  const changes = accounts.map(({ values, bronze }, index): OrgChange => {
    const id = ids[index] ?? '';
    const rest = { Name: 'A', OwnerId: '005Hw00000000001AA', CurrencyIsoCode: 'USD', ...values };
    expected.set(id, bronze);
    return { kind: 'insert', object: 'Account', id, values: rest, stampedAt: at, committedAt: at };
  });
  await database.apply(changes);
}

async function open(smallWindowRows: number): Promise<void> {
  home = await extractHome({
    objects: [{ object: 'Account' }],
    source: { small_window_rows: smallWindowRows },
    pageRecords: 7,
    fill,
  });
}

async function run(models: readonly string[] = []): Promise<void> {
  expect(await home.run({}, models)).toBeNull();
}

const fields = [
  'description',
  'accountnumber',
  'annualrevenue',
  'lastactivitydate',
  'createddate',
  'numberofemployees',
  'site',
];
/** Behind a mark: the driver drops a byte order mark at the front of a text that it reads, though it is there. */
const marked = (names: readonly string[]) => names.map((name) => `'=' || ${name} as ${name}`).join(', ');
const unmarked = (value: unknown) => (typeof value === 'string' ? value.slice(1) : null);

/** Of every account the fields that are odd about it, as bronze has them. */
async function bronze(): Promise<Map<string, Record<string, unknown>>> {
  const rows = await home.rows(`select id, ${marked(fields)} from bronze.salesforce_account`);
  return new Map(
    rows.map((row) => {
      const own = Object.keys(expected.get(String(row.id)) ?? {});
      return [String(row.id), Object.fromEntries(own.map((name) => [name, unmarked(row[name])]))];
    }),
  );
}

const ways = () =>
  new Set(
    home.server
      .requests()
      .map(({ kind }) => kind)
      .filter((kind) => kind === 'bulk-results' || kind === 'query-more' || kind === 'query'),
  );

describe('Values', () => {
  it.each([
    ['Bulk', 'REST', 0, 2_000],
    ['REST', 'Bulk', 2_000, 0],
  ])('come byte for byte by %s, and no other when they are read again by %s', async (first, _second, small, other) => {
    await open(small);
    await run();
    expect(await bronze()).toEqual(expected);
    expect(ways().has('bulk-results')).toBe(first === 'Bulk');
    await home.configure({ small_window_rows: other });
    await home.server.change((database) => moveTo(database, '2025-06-30T12:00:30Z'));
    await run();
    expect(ways()).toEqual(new Set(['query', 'bulk-results']));
    const [status] = await home.rows(
      'select rows_read, rows_loaded from ops.extract_status order by _closed_at desc limit 1',
    );
    expect(status).toEqual({ rows_read: String(expected.size), rows_loaded: '0' });
    expect(await home.rows('select count(*) as n from bronze.salesforce_account')).toEqual([
      { n: String(expected.size) },
    ]);
  });

  it('are in silver as they came, without outer spaces, numbers and times typed', async () => {
    await open(0);
    await run(['silver.account']);
    const records = await texts(home.database, `select *, '=' || "Description" as text from org."Account"`);
    const org = new Map(records.map((row) => [row.Id, row]));
    const silver = await home.rows(
      `select account_id, ${marked(['description'])}, account_number, company_annual_revenue_original as revenue, number_of_employees as people,
         cast(last_activity_date as varchar) as day, cast(created_date as varchar) as created, _bad_values from silver.account`,
    );
    expect(silver).toHaveLength(expected.size);
    for (const row of silver) {
      const own = org.get(String(row.account_id));
      expect(row._bad_values).toBeNull();
      // U+FEFF and the no-break space are no white space to either engine.
      const text = own?.text?.slice(1).replaceAll(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
      expect(unmarked(row.description)).toBe(text || null);
      expect(row.account_number).toBe(own?.AccountNumber ?? null);
      expect(row.revenue).toBe(own?.AnnualRevenue ?? null);
      expect(row.people).toBe(own?.NumberOfEmployees ?? null);
      expect(row.day).toBe(own?.LastActivityDate ?? null);
      expect(row.created).toBe(own?.CreatedDate);
    }
  });
});
