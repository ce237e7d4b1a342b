import { base, en, Faker } from '@faker-js/faker';
import { Random } from '../random.ts';
import { addDays, type Day, dayAt } from './calendar.ts';
import { csvField, csvRecord, csvText, decimalText } from './csv.ts';
import type { DropFile } from './drop-folder.ts';
import { type DropSettings, scaled } from './settings.ts';

export interface Product {
  readonly id: number;
  readonly name: string;
  /** The name as a CSV field, made once because it is written in every sales line. */
  readonly csvName: string;
  /** Price before and from the day of the new price list; the same for most products. */
  readonly cents: number;
  readonly newCents: number;
  readonly popularity: number;
  readonly created: string;
  readonly expires: string;
}

const productColumns = ['id', 'name', 'current_price', 'old_price', 'created_date', 'updated_date', 'expiry_date'];

/** Shop prices in cents, cheap ones more often. */
const pricePoints = [199, 249, 349, 499, 499, 799, 999, 1_250, 1_499, 1_999, 2_495, 2_999, 3_990, 5_900, 8_999, 14_950];

/** Where in the period the new price list comes into force. */
const priceListAt = 0.5;

export function makeProducts(settings: DropSettings): readonly Product[] {
  const random = new Random(settings.seed, 'products');
  const first = addDays(settings.lastDay, 1 - settings.days);
  return productNames(settings.seed, scaled(settings, 200, 40)).map((name, index) => {
    const cents = random.pick(pricePoints) + random.integer(0, 9);
    const repriced = random.chance(0.2);
    return {
      id: index + 1,
      name,
      csvName: csvField(name),
      cents,
      newCents: repriced ? Math.round((cents * random.integer(90, 118)) / 100) : cents,
      popularity: random.chance(0.15) ? random.integer(8, 20) : random.integer(1, 5),
      created: addDays(first, -random.integer(100, 1_500)),
      expires: addDays(settings.lastDay, random.integer(60, 1_500)),
    };
  });
}

/** Distinct names, some of which need quoting in CSV or are not ASCII. */
function productNames(seed: number, count: number): readonly string[] {
  const faker = new Faker({ locale: [en, base], seed });
  const names = new Set<string>();
  while (names.size < count) {
    const plain = faker.commerce.productName();
    const variants = [`${plain}, ${faker.color.human()}`, `${plain} 24"`, `Café ${plain}`];
    names.add(variants[names.size % 20] ?? plain);
  }
  return [...names];
}

/** The price on a day before any discount. */
export function listPrice(product: Product, day: Day, days: readonly Day[]): number {
  return day.index < dayAt(days, priceListAt).index ? product.cents : product.newCents;
}

/** All products on the first day; a second file with the products whose price the new list changes. */
export function productFiles(products: readonly Product[], days: readonly Day[]): DropFile[] {
  const file = (day: Day, records: readonly string[]): DropFile => ({
    dataset: 'products',
    name: `products_${day.date}.csv`,
    date: day.date,
    content: csvText(productColumns, records),
  });
  const record = (product: Product, current: number, old: number, updated: string) =>
    csvRecord([
      product.id,
      product.name,
      decimalText(current),
      decimalText(old),
      product.created,
      updated,
      product.expires,
    ]);
  const start = dayAt(days, 0);
  const change = dayAt(days, priceListAt);
  const repriced = products.filter((product) => product.newCents !== product.cents);
  const initial = products.map((product) => record(product, product.cents, product.cents, product.created));
  const changed = repriced.map((product) => record(product, product.newCents, product.cents, change.date));
  return changed.length > 0 ? [file(start, initial), file(change, changed)] : [file(start, initial)];
}
