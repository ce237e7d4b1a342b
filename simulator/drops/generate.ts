import { Random } from '../random.ts';
import { type Day, salesPerDay } from './calendar.ts';
import { Checkout, type Sale } from './checkout.ts';
import { customerFileName, customerFiles, lateCustomerFile } from './customer-files.ts';
import { makeLateCustomers } from './customers.ts';
import { deliver } from './delivery.ts';
import { DropFolder, dropKey } from './drop-folder.ts';
import { namePools } from './people.ts';
import { makePlan, type Plan } from './plan.ts';
import { productFiles } from './products.ts';
import { salesTeamFiles } from './salespeople.ts';
import { rowsOf } from './sales-row.ts';
import { checkSettings, type DropSettings } from './settings.ts';
import { storeFiles } from './stores.ts';
import { Tally } from './tally.ts';
import type { DropTruth } from './truth.ts';
import { makeWorld, type World } from './world.ts';

export const defaultLastDay = '2025-06-30';
const defaultDays = 365;

export interface DropOptions {
  /** Stands for the raw bucket: files go below `<folder>/landing/`. */
  readonly folder: string;
  readonly seed: number;
  /** 1 is about 700,000 sales lines a year, 20,000 customers, 20 stores; above 0. */
  readonly scale: number;
  /** ISO date of the last day with sales; default `defaultLastDay`. */
  readonly lastDay?: string;
  /** Length of the period; at least 31, default 365. */
  readonly days?: number;
}

/**
 * Writes a year of a retailer's file drops, with planted faults, and `<folder>/truth.json`. The same options give the same bytes
 * and modification times. Only one file at a time is in memory. Throws a RangeError for options that cannot work.
 */
export async function generateDrops(options: DropOptions): Promise<DropTruth> {
  const settings = settingsOf(options);
  const world = makeWorld(settings);
  const drops = new DropFolder(options.folder);
  await writeMasterData(world, drops);
  const tally = await writeSales(world, drops);
  const { seed, scale, lastDay, days } = settings;
  const truth: DropTruth = { seed, scale, lastDay, days, files: drops.files, ...tally.results() };
  await drops.writeTruth(truth);
  return truth;
}

/**
 * Writes the customer file that `generateDrops` with the same options leaves out. Its arrival releases the `lateRows` of the
 * truth. Answers with the file's path below the folder and its number of records.
 */
export async function generateLateMasterData(options: DropOptions): Promise<{ file: string; customers: number }> {
  const settings = settingsOf(options);
  const customers = makeLateCustomers(settings, namePools(settings.seed));
  await new DropFolder(options.folder).write(lateCustomerFile(settings.lastDay, customers));
  return { file: dropKey('customers', customerFileName(settings.lastDay)), customers: customers.length };
}

function settingsOf({ seed, scale, lastDay = defaultLastDay, days = defaultDays }: DropOptions): DropSettings {
  return checkSettings({ seed, scale, lastDay, days });
}

async function writeMasterData(world: World, drops: DropFolder): Promise<void> {
  const { days, stores, salespeople, products, customers, pools, settings } = world;
  const managers = salespeople.filter(({ managerId }) => managerId === undefined);
  const managerNames = managers.map(({ person }) => `${person.firstName} ${person.lastName}`);
  for (const file of storeFiles(stores, managerNames, days)) await drops.write(file);
  for (const file of productFiles(products, days)) await drops.write(file);
  for (const file of salesTeamFiles(salespeople, days)) await drops.write(file);
  for (const file of customerFiles(settings.seed, customers, pools, days)) await drops.write(file);
}

async function writeSales(world: World, drops: DropFolder): Promise<Tally> {
  const checkout = new Checkout(world);
  const plan = makePlan(world, checkout);
  const tally = new Tally();
  tally.add([], plan.planted);
  const volumes = salesPerDay(world.settings, world.days);
  for (const day of world.days) {
    const sales = salesOfDay(world, checkout, plan, day, volumes[day.index] ?? 1);
    if (day === plan.tie.day) {
      const last = plan.tie.equalise(checkout, rowsOf(day, sales));
      sales.push(...last.sales);
      tally.add([], [last.planted]);
    }
    const fault = plan.faults.get(day);
    const delivery = (fault?.deliver ?? deliver)({ day, rows: rowsOf(day, sales) });
    plan.tie.observe(day, delivery.accepted);
    tally.add(delivery.accepted, delivery.planted);
    for (const file of delivery.files) await drops.write(file);
  }
  return tally;
}

/** Ordinary sales with the planted ones among them. */
function salesOfDay(world: World, checkout: Checkout, plan: Plan, day: Day, volume: number): Sale[] {
  const random = new Random(world.settings.seed, `sales of ${day.date}`);
  const count = Math.max(volume, plan.faults.get(day)?.leastSales ?? 0);
  const sales = Array.from({ length: count }, () => checkout.sale(day, random));
  for (const planted of plan.sales.get(day) ?? []) sales.splice(random.integer(0, sales.length), 0, planted);
  return sales;
}
