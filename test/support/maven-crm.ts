import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadCsv } from '../../simulator/org/load-csv.ts';
import type { OrgDatabase } from '../../simulator/org/org-database.ts';
import { parseCsv } from '../adapters/simple-csv.ts';

/** Real data that the project does not contain: Maven Analytics "CRM Sales Opportunities", public domain. */
export const mavenFolder = fileURLToPath(new URL('../../../shared/data/maven-crm', import.meta.url));

/** The last day on which a deal of the set was closed. */
export const mavenLastDay = '2017-12-31';

type Row = Readonly<Record<string, string>>;

/** The set's own stages -> those of Salesforce's standard sales process. */
const stages: Readonly<Record<string, string>> = {
  Prospecting: 'Prospecting',
  Engaging: 'Qualification',
  Won: 'Closed Won',
  Lost: 'Closed Lost',
};

/** Writes the set with Salesforce's field names below `folder` and loads it into an org: nothing but names of columns and stages is changed. */
export async function loadMavenCrm(database: OrgDatabase, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const agents = await rowsOf('sales_teams');
  const managers = [...new Set(agents.map((row) => row.manager ?? ''))];
  await load(
    database,
    folder,
    'User',
    managers.map((name) => userOf(name, '', '')),
  );
  await load(
    database,
    folder,
    'User',
    agents.map((row) => userOf(row.sales_agent, row.manager, row.regional_office)),
  );
  const products = await rowsOf('products');
  await load(
    database,
    folder,
    'Product2',
    products.map((row) => ({ Name: row.product, Family: row.series, IsActive: 'true' })),
  );
  await load(database, folder, 'Account', (await rowsOf('accounts')).map(accountOf));
  await load(database, folder, 'Opportunity', (await rowsOf('sales_pipeline')).map(opportunityOf));
}

/** Records of one of the set's files by column name. */
export async function rowsOf(file: string): Promise<Row[]> {
  const [header = [], ...records] = parseCsv(await readFile(join(mavenFolder, `${file}.csv`), 'utf8'), {
    delimiter: ',',
    quote: '"',
  });
  return records.map((record) => Object.fromEntries(header.map((name, index) => [name, record[index] ?? ''])));
}

type Fields = Readonly<Record<string, string | undefined>>;

function userOf(name = '', manager = '', office = ''): Fields {
  const [first = '', ...last] = name.split(' ');
  const login = `${name.toLowerCase().replaceAll(' ', '.')}@maven.example`;
  return {
    Username: login,
    Email: login,
    FirstName: first,
    LastName: last.join(' '),
    Department: office,
    IsActive: 'true',
    'Manager.Name': manager,
  };
}

/** Revenue is in millions of US dollars there. */
function accountOf(row: Row): Fields {
  return {
    Name: row.account,
    Industry: row.sector,
    YearStarted: row.year_established,
    AnnualRevenue: String(Math.round(Number(row.revenue) * 1_000_000)),
    NumberOfEmployees: row.employees,
    BillingCountry: row.office_location,
    'Parent.Name': row.subsidiary_of,
  };
}

function opportunityOf(row: Row): Fields {
  const stage = stages[row.deal_stage ?? ''];
  if (stage === undefined) throw new RangeError(`unknown stage '${row.deal_stage}'`);
  return {
    Name: row.opportunity_id,
    'Account.Name': row.account,
    'Owner.Name': row.sales_agent,
    ProductInterest: row.product,
    StageName: stage,
    CreatedDate: row.engage_date === '' ? '' : `${row.engage_date}T00:00:00.000+0000`,
    CloseDate: row.close_date === '' ? mavenLastDay : row.close_date,
    Amount: row.close_value,
  };
}

async function load(database: OrgDatabase, folder: string, object: string, records: readonly Fields[]): Promise<void> {
  const names = Object.keys(records[0] ?? {});
  const lines = records.map((record) =>
    names.map((name) => `"${(record[name] ?? '').replaceAll('"', '""')}"`).join(','),
  );
  const path = join(folder, `${object}.csv`);
  await writeFile(path, `${names.join(',')}\n${lines.join('\n')}\n`);
  const { rows, ignored } = await loadCsv(database, object, path);
  if (rows !== records.length || ignored.length > 0) throw new Error(`${object}: ${rows} rows, ignored ${ignored}`);
}
