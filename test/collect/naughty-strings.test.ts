import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCsv } from '../adapters/simple-csv.ts';
import { headwater } from '../cli/cli-process.ts';
import { expectAccountedFor } from './accounting.ts';
import { type DropHome, openDropHome } from './drop-home.ts';
import { naughtyMasters, naughtySales, naughtyStrings, normalised, salesContracts } from './naughty-sales.ts';

const strings = await naughtyStrings();
const expected = strings.map((text, index) => ({ n: String(index + 1), text: normalised(text) }));
const present = expected.filter(({ text }) => text !== null);
const hex = (text: string | null) => (text === null ? null : Buffer.from(text).toString('hex').toUpperCase());

/** Cells that spreadsheets would compute; plain numbers stay numbers. */
const isFormula = (text: string) => /^[=+\-@\t\r]/.test(text) && !/^-?\d+$/.test(text);

let home: DropHome;

beforeAll(async () => {
  home = await openDropHome(await salesContracts());
  for (const { dataset, name, body } of [...naughtyMasters(strings), ...(await naughtySales(strings))]) {
    await home.drop(`${dataset}/${name}`, body);
  }
  await home.pipeline.run();
});

afterAll(() => home.close());

describe.each(['sales', 'sales_lines', 'sales_table'])('naughty strings through %s', (dataset) => {
  const read = (table: string) =>
    home.pipeline.rows(
      `select cast(quantity as varchar) as n, hex(product_name) as text from ${table} where _source_system = '${dataset}' order by quantity`,
    );

  it.each(['bronze.sales_line', 'silver.sales_line'])('stand in %s as they were sent', async (table) => {
    expect(await read(table)).toEqual(present.map(({ n, text }) => ({ n, text: hex(text) })));
  });

  it('are set aside where nothing is left of them', async () => {
    const rows = await home.pipeline.rows(`select _reasons, _source_line from quarantine.${dataset} order by 2`);
    expect(rows.map((row) => row._reasons)).toEqual(
      Array(expected.length - present.length).fill('REQUIRED(product_name)'),
    );
    expect(rows.length).toBeGreaterThan(2);
  });
});

describe('naughty strings', () => {
  it('of master data reach silver, empty ones as null', async () => {
    const rows = await home.pipeline.rows(
      `select cast(cast(substr(customer_id, 2) as integer) + 1 as varchar) as n, hex(first_name) as text
       from silver.customer order by cast(substr(customer_id, 2) as integer)`,
    );
    expect(rows).toEqual(expected.map(({ n, text }) => ({ n, text: hex(text) })));
  });

  it('reach the customer mart', async () => {
    const [row] = await home.pipeline.rows(
      `select count(distinct customer_id) as customers, sum(total_sales) as total from gold.customers_data_mart`,
    );
    const total = present.reduce((sum, { n }) => sum + 3 * 2 * Number(n), 0);
    expect(row).toEqual({ customers: String(present.length), total: `${total}.00` });
  });

  it('come out of the command line exactly as JSON, and harmless for spreadsheets as CSV', async () => {
    const sql = `select cast(quantity as varchar) as n, product_name as text from silver.sales_line where _source_system = 'sales' and substr(product_name, 1, 1) <> chr(65279) order by quantity`;
    const options = ['--home', home.pipeline.home, '--config', join(home.pipeline.home, 'overlay')];
    const [json, csv] = await Promise.all([
      headwater([...options, 'query', sql, '--json']),
      headwater([...options, 'query', sql, '--csv']),
    ]);
    expect([json.code, csv.code]).toEqual([0, 0]);
    const shown = present.filter(({ text }) => text?.startsWith('\ufeff') === false);
    expect(JSON.parse(json.stdout)).toEqual(shown);
    const cells = shown.map(({ n, text }) => [n, isFormula(text ?? '') ? `'${text}` : text]);
    expect(parseCsv(csv.stdout, { delimiter: ',', quote: '"' })).toEqual([['n', 'text'], ...cells]);
    expect(cells.filter(([, text]) => /^'[=+@-]/.test(text ?? '')).length).toBeGreaterThan(8);
  });

  // Known: the Node binding of DuckDB drops a byte order mark in front of a value, in every result that it hands over.
  it.fails('with a byte order mark in front come out of a query whole', async () => {
    const sql = `select product_name as text from silver.sales_line where substr(product_name, 1, 1) = chr(65279)`;
    expect(await home.pipeline.rows(sql)).toContainEqual({ text: '\ufeffin front' });
  });

  it('cost no file and no row', async () => {
    await expectAccountedFor(home);
  });
});
