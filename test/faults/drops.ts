import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateDrops, generateLateMasterData } from '../../simulator/drops/generate.ts';

/** The last day of the generated month. */
export const asOf = '2025-06-30';

const options = { seed: 7, scale: 0.002, days: 31 };

/** Days on which nothing special happens: without them a run takes less time. */
const plainDays = ['01', '02', '03', '05', '11', '12', '14', '15', '19', '21', '23', '25', '28', '29'];

/**
 * What producers drop first: days of sales in two months with every planted fault (a resent file, five unusable ones, bad rows, unknown
 * customers, customers who arrive late), 32 files in two batches.
 */
export async function dropFirst(home: string): Promise<void> {
  await generateDrops({ ...options, folder: join(home, 'raw') });
  for (const day of plainDays) await rm(join(home, 'raw', 'landing', 'sales', `sales_data_2025-06-${day}.csv`));
}

/**
 * What they drop later: the missing customers, who release rows of both months, sales for an old and for a new month, a file that came
 * before under another name, one without a mandatory column, and one with a bad row.
 */
export async function dropSecond(home: string): Promise<void> {
  const raw = join(home, 'raw');
  await generateLateMasterData({ ...options, folder: raw });
  const sales = (date: string) => join(raw, 'landing', 'sales', `sales_data_${date}.csv`);
  const header =
    'customer_id,store_id,product_name,sales_date,sales_person_id,price,quantity,total_cost,transaction_id';
  const line = (date: string, price: string) => `1,101,Late Lamp,${date},1001,${price},2,${2 * Number(price)}.00,`;
  await writeFile(sales('2025-07-01'), `${header}\n${line('2025-07-01', '10')}\n${line('2025-07-01', '11')}\n`);
  await writeFile(sales('2025-07-02'), `${header}\n${line('2025-05-31', '12')}\n`);
  const some = Array.from({ length: 9 }, (_, index) => line('2025-06-20', String(20 + index)));
  await writeFile(sales('2025-07-03'), `${[header, ...some, line('2025-06-20', 'x')].join('\n')}\n`);
  await writeFile(sales('2025-07-04'), `customer_id,store_id\n1,101\n`);
  await dropAgain(home, '2025-06-10', 'again');
}

/** Files that change no table: one that came before, and an unusable one. */
export async function dropOnlyUseless(home: string): Promise<void> {
  await dropAgain(home, '2025-06-10', 'once_more');
  await writeFile(join(home, 'raw', 'landing', 'sales', 'sales_data_2025-07-05.csv'), 'customer_id,store_id\n1,101\n');
}

/** A day's file, taken from the archive, under another name. */
async function dropAgain(home: string, date: string, suffix: string): Promise<void> {
  const source = await archived(home, `sales_data_${date}.csv`);
  const target = join(home, 'raw', 'landing', 'sales', `sales_data_${date}_${suffix}.csv`);
  await writeFile(target, await readFile(source));
}

async function archived(home: string, name: string): Promise<string> {
  const folder = join(home, 'raw', 'archive', 'sales');
  for (const run of await readdir(folder)) {
    if ((await readdir(join(folder, run))).includes(name)) return join(folder, run, name);
  }
  throw new Error(`${name} is not in the archive`);
}

/** A home like another one. */
export async function copyHome(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true });
}
