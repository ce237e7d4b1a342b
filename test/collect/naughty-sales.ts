import { readFile } from 'node:fs/promises';
import type { Contract } from './drop-home.ts';
import { foreignParquet } from './parquet-bytes.ts';

const fixture = new URL('../fixtures/naughty-strings.json', import.meta.url);
const salesContract = new URL('../../config/sources/sales.json', import.meta.url);

/** Every string of the fixture once, and a very long one. */
export async function naughtyStrings(): Promise<string[]> {
  const kinds = JSON.parse(await readFile(fixture, 'utf8')) as Record<string, string[]>;
  return [...new Set([...Object.values(kinds).flat(), 'very long '.repeat(20_000).trim()])];
}

/** What `trim` makes of a text: outer spaces go, those of other scripts too, tabs and line ends stay; nothing left is null. */
export function normalised(text: string): string | null {
  return text.replaceAll(/^\p{Zs}+|\p{Zs}+$/gu, '') || null;
}

/** The project's contract of sales, for files of another format: they fill the same tables. */
export async function salesContracts(): Promise<Contract[]> {
  const sales = JSON.parse(await readFile(salesContract, 'utf8')) as Contract & { file: object };
  return [
    { ...sales, dataset: 'sales_lines', file: { pattern: '*.jsonl', format: 'jsonl' } },
    { ...sales, dataset: 'sales_table', file: { pattern: '*.parquet', format: 'parquet' } },
  ];
}

/** One sale for each string, which is its `product_name`; its number is the quantity. */
function sale(text: string, index: number) {
  return {
    customer_id: `c${index}`,
    store_id: 's1',
    product_name: text,
    sales_date: '2025-03-14',
    sales_person_id: 'p1',
    price: '2.00',
    quantity: String(index + 1),
    total_cost: `${2 * (index + 1)}.00`,
  };
}

export interface NaughtyFile {
  readonly dataset: string;
  readonly name: string;
  readonly body: string | Buffer;
}

/** The strings as sales in three formats. */
export async function naughtySales(strings: readonly string[]): Promise<NaughtyFile[]> {
  const sales = strings.map(sale);
  const fields = Object.keys(sale('', 0)).map((name) => [name, { type: 'UTF8', compression: 'GZIP' }] as const);
  return [
    { dataset: 'sales', name: 'sales_data.csv', body: csv(sales) },
    { dataset: 'sales_lines', name: 'x.jsonl', body: sales.map((record) => `${JSON.stringify(record)}\n`).join('') },
    { dataset: 'sales_table', name: 'x.parquet', body: await foreignParquet(Object.fromEntries(fields), sales) },
  ];
}

/** The master data that the sales refer to; the strings are first names here. */
export function naughtyMasters(strings: readonly string[]): NaughtyFile[] {
  const customers = strings.map((text, index) => ({
    customer_id: `c${index}`,
    first_name: text,
    last_name: 'Last',
    address: 'Street',
    pincode: '1',
    phone_number: '2',
    customer_joining_date: '2024-01-01',
  }));
  const stores = 'id,address,store_pincode,store_manager_name,store_opening_date\ns1,Street,1,Manager,2020-01-01\n';
  const people =
    'id,first_name,last_name,manager_id,is_manager,address,pincode,joining_date\np1,First,Last,,true,Street,1,2020-01-01\n';
  return [
    { dataset: 'customers', name: 'customers.csv', body: csv(customers) },
    { dataset: 'stores', name: 'stores.csv', body: stores },
    { dataset: 'sales_team', name: 'sales_team.csv', body: people },
  ];
}

function csv(records: readonly Readonly<Record<string, string>>[]): string {
  const rows = [Object.keys(records[0] ?? {}), ...records.map((record) => Object.values(record))];
  return rows.map((row) => `${row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`).join('');
}
