import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** Sales of 24 months from 2023-01-01 on in 20 stores, by 200 salespeople, to 50,000 customers; the same every time. */
const shape = { stores: 20, people: 200, customers: 50_000, firstDay: '2023-01-01', days: 730 };

export interface BenchFiles {
  /** A folder as a raw bucket has it: landing/<dataset>/<file>. */
  readonly folder: string;
  readonly salesFolder: string;
}

/** Writes `lines` sales lines in `files` CSV files, without transaction ids, and the master data they refer to. */
export async function writeSalesFiles(folder: string, lines: number, files: number): Promise<BenchFiles> {
  const landing = join(folder, 'landing');
  for (const dataset of ['sales', 'customers', 'stores', 'sales_team'])
    await mkdir(join(landing, dataset), { recursive: true });
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const copy = async (select: string, path: string) => {
    await connection.run(`copy (${select}) to '${path.replaceAll("'", "''")}' (header, delimiter ',')`);
  };
  await copy(
    `select i as customer_id, 'First' || i as first_name, 'Last' || i as last_name, i || ' High Street' as address,
      cast(100000 + i as varchar) as pincode, '+1 555 ' || lpad(cast(i as varchar), 7, '0') as phone_number,
      date '2020-01-01' as customer_joining_date from range(${shape.customers}) t(i)`,
    join(landing, 'customers', 'customers_2023-01-01.csv'),
  );
  await copy(
    `select i as id, i || ' Market Square' as address, '123456' as store_pincode, 'Manager ' || i as store_manager_name,
      date '2015-01-01' as store_opening_date from range(${shape.stores}) t(i)`,
    join(landing, 'stores', 'stores_2023-01-01.csv'),
  );
  await copy(
    `select i as id, 'First' || i as first_name, 'Last' || i as last_name, null as manager_id, true as is_manager,
      'Street ' || i as address, '123456' as pincode, date '2018-01-01' as joining_date from range(${shape.people}) t(i)`,
    join(landing, 'sales_team', 'sales_team_2023-01-01.csv'),
  );
  const salesFolder = join(landing, 'sales');
  const perFile = Math.ceil(lines / files);
  for (let file = 0; file < files; file += 1) {
    const range = `range(${file * perFile}, ${Math.min(lines, (file + 1) * perFile)})`;
    await copy(
      linesSql(range, `date '${shape.firstDay}' + cast(hash(i * 3) % ${shape.days} as integer)`),
      join(salesFolder, `sales_data_part${String(file).padStart(3, '0')}.csv`),
    );
  }
  connection.disconnectSync();
  return { folder, salesFolder };
}

/** One more day of sales, after all others. */
export async function writeOneMoreDay(folder: string, lines: number): Promise<void> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const path = join(folder, 'landing', 'sales', 'sales_data_2024-12-31.csv');
  await mkdir(join(folder, 'landing', 'sales'), { recursive: true });
  await connection.run(
    `copy (${linesSql(`range(900000000, ${900_000_000 + lines})`, "date '2024-12-31'")}) to '${path}' (header)`,
  );
  connection.disconnectSync();
}

function linesSql(range: string, day: string): string {
  return `select hash(i) % ${shape.customers} as customer_id, hash(i + 7) % ${shape.stores} as store_id, 'p' || (hash(i + 9) % 90) as product_name,
    ${day} as sales_date, hash(i + 11) % ${shape.people} as sales_person_id, cast(cents / 100 as decimal(10, 2)) as price, quantity,
    cast(cents * quantity / 100 as decimal(12, 2)) as total_cost
    from (select i, cast(hash(i + 13) % 9900 + 100 as bigint) as cents, cast(hash(i + 15) % 9 + 1 as bigint) as quantity from ${range} t(i))`;
}
