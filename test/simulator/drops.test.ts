import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateDrops } from '../../simulator/drops/generate.ts';
import { type GeneratedYear, generateYear } from './generated-year.ts';
import { datasetRows, dropRows, dropText, listFiles, parseCsv } from './read-drops.ts';

const options = { seed: 42, scale: 0.01 };
let year: GeneratedYear;

beforeAll(async () => {
  year = await generateYear(options);
});

afterAll(() => year.remove());

function header(path: string): string {
  return (parseCsv(dropText(year.folder, path))[0] ?? []).join();
}

describe('generated drops', () => {
  it('are the same bytes and times again', async () => {
    const again = await generateYear(options);
    expect(listFiles(again.folder)).toStrictEqual(listFiles(year.folder));
    await again.remove();
  });

  it('differ with another seed', async () => {
    const other = await generateYear({ ...options, seed: 43 });
    expect(other.truth.acceptedTotal).not.toBe(year.truth.acceptedTotal);
    await other.remove();
  });

  it('have the columns of their contracts', () => {
    const columns = Object.fromEntries(
      listFiles(year.folder)
        .filter(({ path }) => path.endsWith('.csv') && !/empty|broken|sales_data|SALES/.test(path))
        .map(({ path }) => [basename(path).replace(/_\d.*/, ''), header(path)]),
    );
    expect(columns).toStrictEqual({
      customers: 'customer_id,first_name,last_name,address,pincode,phone_number,customer_joining_date',
      products: 'id,name,current_price,old_price,created_date,updated_date,expiry_date',
      sales_team: 'id,first_name,last_name,manager_id,is_manager,address,pincode,joining_date',
      stores: 'id,address,store_pincode,store_manager_name,store_opening_date,reviews',
    });
    expect(header('landing/sales/sales_data_2025-06-30.csv')).toBe(
      'customer_id,store_id,product_name,sales_date,sales_person_id,price,quantity,total_cost,transaction_id',
    );
  });

  it('leave no half-written file behind', () => {
    expect(listFiles(year.folder).filter(({ path }) => basename(path).startsWith('.'))).toStrictEqual([]);
  });

  it('carry the time of their day', () => {
    const times = listFiles(year.folder).filter(({ path, modified }) => {
      const date = /\d{4}-\d\d-\d\d/.exec(path)?.[0];
      return date !== undefined && modified !== `${date}T23:00:00.000Z`;
    });
    expect(times).toStrictEqual([]);
  });

  it('pack every seventh regular file', () => {
    const regular = listFiles(year.folder).filter(({ path }) => /sales_data_[\d-]+\.csv(\.gz)?$/.test(path));
    expect(regular).toHaveLength(365);
    expect(regular.map(({ path }) => path.endsWith('.gz'))).toStrictEqual(regular.map((_, index) => index % 7 === 6));
  });

  it('refuse options that cannot work', async () => {
    const impossible = { folder: join(year.folder, 'never'), seed: 0.5, scale: 0, lastDay: '2025-02-30', days: 7 };
    await expect(generateDrops(impossible)).rejects.toThrow(/seed: .*scale: .*lastDay: .*days: /);
  });
});

describe('truth', () => {
  it('equals an independent recount', () => {
    expect(year.truth).toMatchObject(year.found.counts);
  });

  it('stands beside the drops', async () => {
    expect(JSON.parse(await readFile(join(year.folder, 'truth.json'), 'utf8'))).toStrictEqual(year.truth);
  });

  it.each([
    { seed: 1, scale: 0.001, days: 31 },
    { seed: 1, scale: 0.001, days: 31, lastDay: '2023-12-31' },
    { seed: 2, scale: 0.002, days: 75 },
    { seed: 2 ** 40 + 3, scale: 0.005, days: 200 },
  ])('holds for $days days at scale $scale', async (settings) => {
    const small = await generateYear(settings);
    await small.remove();
    expect(small.truth).toMatchObject(small.found.counts);
    expect(small.truth.lateRows).toBeGreaterThan(0);
    expect(small.truth.unknownCustomerRows).toBeGreaterThan(0);
    expect(new Set(small.truth.planted.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(19);
  });
});

describe('good sales rows', () => {
  it('name stores, salespeople and products that exist', () => {
    const ids = (dataset: string, column: string) =>
      new Set(datasetRows(year.folder, dataset).map((row) => row[column]));
    const [stores, people, products] = [ids('stores', 'id'), ids('sales_team', 'id'), ids('products', 'name')];
    const strays = year.found.good.filter(
      ({ row }) => !stores.has(row.store_id) || !people.has(row.sales_person_id) || !products.has(row.product_name),
    );
    expect(strays).toStrictEqual([]);
    expect(stores.size).toBeGreaterThanOrEqual(5);
    expect(people.size).toBeGreaterThanOrEqual(20);
  });

  it("have their file's date", () => {
    expect(year.found.good.filter(({ file, row }) => !file.includes(row.sales_date ?? '?'))).toStrictEqual([]);
  });

  it('come no earlier than their master data', () => {
    const announced = new Map<string, string>();
    for (const { path } of listFiles(year.folder)) {
      const date = /(?:customers|sales_team)_(.*)\.csv$/.exec(path)?.[1];
      if (date === undefined) continue;
      const dataset = path.split('/')[1] ?? '';
      for (const row of dropRows(year.folder, path)) {
        const key = `${dataset} ${row.customer_id ?? row.id}`;
        if (!announced.has(key)) announced.set(key, date);
      }
    }
    const early = year.found.good.filter(({ row }) => {
      const customer = announced.get(`customers ${row.customer_id}`) ?? '';
      const person = announced.get(`sales_team ${row.sales_person_id}`) ?? '';
      return [customer, person].some((date) => date > (row.sales_date ?? ''));
    });
    expect(early).toStrictEqual([]);
  });

  it('of one transaction share everything but the product', () => {
    const transactions = Map.groupBy(year.found.good, ({ row }) => row.transaction_id ?? '');
    for (const lines of transactions.values()) {
      const heads = lines.map(({ row }) => [row.customer_id, row.store_id, row.sales_person_id, row.sales_date].join());
      expect(new Set(heads).size).toBe(1);
      expect(new Set(lines.map(({ row }) => row.product_name)).size).toBeLessThanOrEqual(5);
    }
  });
});
