import type { OrgDatabase } from '../org/org-database.ts';
import { Random } from '../random.ts';
import { addDays } from './calendar.ts';
import { decimalText } from './csv.ts';
import { nameKey, type Orderers, readOrderers } from './customer-names.ts';
import { DropFolder } from './drop-folder.ts';
import { amended, makeOrder, type Order, orderFile } from './order-files.ts';
import { rateFiles } from './rate-files.ts';
import { type WarehouseTruth, warehouseTruthFile } from './warehouse-truth.ts';

export interface WarehouseOptions {
  /** The org whose accounts order; its clock tells the last day, the day before its date. */
  readonly database: OrgDatabase;
  /** Stands for the raw bucket: files go below `<folder>/landing/`. */
  readonly folder: string;
  readonly seed: number;
}

const daysWithOrders = 90;
const ordersPerAccount = 0.006;
const amendedShare = 0.04;

/**
 * Writes the drops that belong to an org: `orders` files of the warehouse, which knows customers by name only, and `fx_rates` files; and
 * `<folder>/truth-warehouse.json`. The same org and options give the same bytes. Throws a RangeError for an org without accounts.
 */
export async function generateWarehouseDrops(options: WarehouseOptions): Promise<WarehouseTruth> {
  const { database, folder, seed } = options;
  const random = new Random(seed, 'warehouse');
  const orderers = await readOrderers(database, seed, random);
  if (orderers.unique.length === 0) throw new RangeError('expected an org with accounts of different names');
  const lastDay = addDays((await database.now()).toISOString().slice(0, 10), -1);
  const drops = new DropFolder(folder);
  const dates = Array.from({ length: daysWithOrders }, (_, index) => addDays(lastDay, index - daysWithOrders + 1));
  const { orders, orderLines } = await writeOrders(drops, orderers, dates, random);
  const rates = await writeRates(drops, database, lastDay);
  const counts = countOrders(orders, orderers.ambiguous);
  const truth = { seed, lastDay, files: drops.files, orderLines, ...counts, rates };
  await drops.writeTruth(truth, warehouseTruthFile);
  return truth;
}

/** A file per day with its new orders and a few amended ones of earlier days. */
async function writeOrders(
  drops: DropFolder,
  orderers: Orderers,
  dates: readonly string[],
  random: Random,
): Promise<{ orders: readonly Order[]; orderLines: number }> {
  const perDay = Math.max(5, Math.round(orderers.unique.length * ordersPerAccount));
  const orders: Order[] = [];
  let orderLines = 0;
  for (const date of dates) {
    const changed = new Set<number>();
    for (let left = orders.length === 0 ? 0 : Math.ceil(perDay * amendedShare); left > 0; left--) {
      changed.add(random.integer(0, orders.length - 1));
    }
    const first = orders.length;
    for (const index of changed) orders[index] = amended(orders[index] as Order, random);
    for (let placed = 0; placed < perDay; placed++) orders.push(makeOrder(orderers, orders.length + 1, date, random));
    const lines = orders.filter((_, index) => index >= first || changed.has(index));
    orderLines += lines.length;
    await drops.write(orderFile(date, lines, random));
  }
  return { orders, orderLines };
}

/** Answers with the number of records. */
async function writeRates(drops: DropFolder, database: OrgDatabase, lastDay: string): Promise<number> {
  let records = 0;
  for (const { rates, file } of await rateFiles(database, lastDay)) {
    records += rates;
    await drops.write(file);
  }
  return records;
}

type Counts = Pick<WarehouseTruth, 'orders' | 'matched' | 'ambiguous' | 'unknown' | 'accounts'>;

function countOrders(orders: readonly Order[], twice: readonly { name: string }[]): Counts {
  const ambiguousNames = new Set(twice.map(({ name }) => nameKey(name)));
  const unresolved = orders.filter(({ orderer }) => orderer.accountId === null);
  const [ambiguous, unknown] = [true, false].map((wanted) => {
    const found = unresolved.filter(({ orderer }) => ambiguousNames.has(nameKey(orderer.name)) === wanted);
    return { orders: found.length, names: [...new Set(found.map(({ orderer }) => nameKey(orderer.name)))].toSorted() };
  });
  const accounts = new Map<string, { currency: string; orders: number; cents: number }>();
  for (const { orderer, quantity, unitPrice } of orders) {
    if (orderer.accountId === null) continue;
    const sums = accounts.get(orderer.accountId) ?? { currency: orderer.currency, orders: 0, cents: 0 };
    accounts.set(orderer.accountId, { ...sums, orders: sums.orders + 1, cents: sums.cents + quantity * unitPrice });
  }
  return {
    orders: orders.length,
    matched: orders.length - unresolved.length,
    ambiguous: ambiguous ?? { orders: 0, names: [] },
    unknown: unknown ?? { orders: 0, names: [] },
    accounts: [...accounts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([accountId, { currency, orders: count, cents }]) => {
        return { accountId, currency, orders: count, amount: decimalText(cents) };
      }),
  };
}
