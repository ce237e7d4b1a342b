import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Planted, PlantedKind } from '../../simulator/drops/truth.ts';
import { type GeneratedYear, generateYear, onlyPlanted, plantedOf, totalCost } from './generated-year.ts';
import { cents, datasetRows, dropRows, dropText, listFiles, parseCsv, type Row } from './read-drops.ts';

let year: GeneratedYear;

beforeAll(async () => {
  year = await generateYear({ seed: 42, scale: 0.01 });
});

afterAll(() => year.remove());

const planted = (kind: PlantedKind): Planted[] => plantedOf(year.truth, kind);
const only = (kind: PlantedKind): Planted => onlyPlanted(year.truth, kind);

describe('planted faults', () => {
  it('leave exactly six sales files unread', () => {
    const name = (kind: PlantedKind) => basename(only(kind).file);
    expect([...year.found.refused.keys()].sort()).toStrictEqual(
      [
        name('missing-column'),
        name('resent-file'),
        name('wrong-name'),
        name('empty-file'),
        name('broken-quote'),
        name('truncated-gzip'),
      ].sort(),
    );
  });

  it('miss the store in one file', () => {
    expect(parseCsv(dropText(year.folder, only('missing-column').file))[0]?.join()).toBe(
      'customer_id,product_name,sales_date,sales_person_id,price,quantity,total_cost,transaction_id',
    );
    expect(dropRows(year.folder, only('missing-column').file)).toHaveLength(only('missing-column').rows ?? 0);
  });

  it('add a payment mode to one file', () => {
    const modes = new Set(dropRows(year.folder, only('extra-column').file).map((row) => row.payment_mode));
    expect([...modes].sort()).toStrictEqual(['card', 'cash', 'voucher']);
  });

  it.each<[PlantedKind, (row: Row) => boolean]>([
    ['bad-price', (row) => row.price === 'abc'],
    ['bad-date', (row) => row.sales_date === '2025/13/45'],
    ['zero-quantity', (row) => row.quantity === '0'],
    ['negative-quantity', (row) => row.quantity === '-3'],
    ['no-customer', (row) => row.customer_id === ''],
    ['wrong-total', (row) => cents(row.price) * Number(row.quantity) !== cents(row.total_cost) && row.price !== 'abc'],
  ])('put rows with %s into one file', (kind, isFaulty) => {
    const rows = dropRows(year.folder, only(kind).file);
    expect(rows.filter(isFaulty)).toHaveLength(only(kind).rows ?? 0);
    expect(only(kind).rows).toBeGreaterThan(0);
  });

  it('keep bad rows below the rejection threshold', () => {
    const bad = Object.values(year.truth.quarantinedRows).reduce((total, rows) => total + rows, 0);
    expect(bad / dropRows(year.folder, only('bad-price').file).length).toBeLessThan(0.1);
  });

  it('send one file twice', () => {
    const copy = only('resent-file').file;
    expect(dropText(year.folder, copy)).toBe(dropText(year.folder, copy.replace('_resent', '')));
    expect(basename(copy)).toBe('sales_data_2025-03-14_resent.csv');
  });

  it('hide valid rows under a wrong name', () => {
    expect(basename(only('wrong-name').file)).toBe('SALES-march.csv');
    expect(dropRows(year.folder, only('wrong-name').file)).toHaveLength(only('wrong-name').rows ?? 0);
  });

  it('make three extra files unreadable', () => {
    expect(dropText(year.folder, only('empty-file').file)).toBe('');
    expect(() => dropRows(year.folder, only('broken-quote').file)).toThrow('expected , or line end');
    expect(() => dropText(year.folder, only('truncated-gzip').file)).toThrow('unexpected end of file');
  });

  it('repeat twelve lines of one file', () => {
    const lines = dropText(year.folder, only('duplicate-lines').file).trimEnd().split('\n');
    expect(lines.length - new Set(lines).size).toBe(12);
    expect(year.truth.duplicateLines).toBe(12);
  });

  it('name unknown customers where the truth says', () => {
    for (const { file, rows } of planted('unknown-customer')) {
      const unknown = dropRows(year.folder, file).filter((row) => Number(row.customer_id) > 9_000_000);
      expect(unknown).toHaveLength(rows ?? 0);
    }
    expect(planted('unknown-customer')).toHaveLength(5);
  });

  it('hold late customers back from the first files', () => {
    const early = datasetRows(year.folder, 'customers').filter((row) => year.lateCustomers.has(row.customer_id ?? ''));
    expect(early).toStrictEqual([]);
    const bought = new Set(year.found.good.map(({ row }) => row.customer_id));
    expect([...year.lateCustomers].filter((id) => !bought.has(id))).toStrictEqual([]);
    expect(listFiles(year.folder).map(({ path }) => path)).not.toContain(only('late-customers').file);
  });
});

describe('planted facts', () => {
  it('tie two salespeople for first place', () => {
    const match = /store (\d+), (\S+): salespeople (\d+) and (\d+) share/.exec(only('tie-for-first').detail);
    const [, store, month, first, second] = match ?? [];
    const monthly = Map.groupBy(
      year.found.good.filter(({ row }) => row.store_id === store && row.sales_date?.startsWith(month ?? '?')),
      ({ row }) => row.sales_person_id,
    );
    const totals = [...monthly].map(([person, rows]) => ({ person, total: totalCost(rows) }));
    const best = Math.max(...totals.map(({ total }) => total));
    const leaders = totals.filter(({ total }) => total === best).map(({ person }) => person);
    expect(leaders.sort()).toStrictEqual([first, second].sort());
  });

  it.each(['last-purchase-90-days-ago', 'last-purchase-91-days-ago'] as const)('set the date of %s', (kind) => {
    const customer = /customer (\d+)/.exec(only(kind).detail)?.[1];
    const dates = year.found.good
      .filter(({ row }) => row.customer_id === customer)
      .map(({ row }) => row.sales_date ?? '');
    const days = Number(/\d+/.exec(kind)?.[0]);
    expect(Date.parse('2025-06-30') - Date.parse(dates.sort().at(-1) ?? '')).toBe(days * 86_400_000);
  });

  it('let one salesperson stand out in a month', () => {
    const [, person, month] = /salesperson (\d+) .* in (\S+)$/.exec(only('outstanding-month').detail) ?? [];
    const rows = year.found.good.filter(({ row }) => row.sales_person_id === person);
    const totals = [...Map.groupBy(rows, ({ row }) => (row.sales_date ?? '').slice(0, 7))].map(
      ([name, lines]): [string, number] => [name, totalCost(lines)],
    );
    const others = totals.filter(([name]) => name !== month).map(([, total]) => total);
    expect(new Map(totals).get(month ?? '')).toBeGreaterThan(3 * Math.max(...others));
  });

  it('include three giant transactions', () => {
    const giants = year.found.good.filter(({ row }) => cents(row.price) > 2_000_000);
    expect(giants.map(({ file }) => file).sort()).toStrictEqual(
      planted('giant-transaction')
        .map(({ file }) => basename(file))
        .sort(),
    );
    expect(giants).toHaveLength(3);
  });

  it('mix frequent, occasional and lapsed customers', () => {
    const visits = Map.groupBy(year.found.good, ({ row }) => row.customer_id);
    const transactions = [...visits.values()].map((rows) => new Set(rows.map(({ row }) => row.transaction_id)).size);
    expect(Math.max(...transactions)).toBeGreaterThan(50);
    expect(transactions.filter((count) => count === 1).length).toBeGreaterThan(5);
    const last = [...visits.values()].map(
      (rows) =>
        rows
          .map(({ row }) => row.sales_date ?? '')
          .sort()
          .at(-1) ?? '',
    );
    expect(last.filter((date) => date < '2025-04-01').length).toBeGreaterThan(20);
  });

  it('have names and addresses that need care', () => {
    const customers = datasetRows(year.folder, 'customers');
    expect(customers.some((row) => /[^\p{ASCII}]/u.test(row.last_name ?? ''))).toBe(true);
    expect(customers.some((row) => row.address?.includes('"'))).toBe(true);
    expect(customers.every((row) => row.address?.includes(','))).toBe(true);
    const updated = customers.length - new Set(customers.map((row) => row.customer_id)).size;
    expect(updated).toBeGreaterThan(0);
  });
});
