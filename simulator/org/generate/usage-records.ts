import type { Random } from '../../random.ts';
import { usage as shape } from '../shapes/subscriptions.ts';
import { audit } from './audit.ts';
import type { Product } from './catalogue.ts';
import type { Plant } from './plants.ts';
import type { Story } from './story.ts';
import { at } from './timeline.ts';
import { nextId, type OrgWorld } from './world.ts';

/** The metric whose trend counts; some accounts are measured by another as well. */
const usageMetric = 'api_calls';
const otherMetric = 'storage_gb';

/** Days before the last day on which usage is reported: six in each of the two periods of 90 days, none near their ends. */
const reports = [7, 22, 37, 52, 67, 82];

const plannedChange: Partial<Record<Plant, number>> = {
  churning: -80,
  'churn-at-70': -80,
  'usage-decline': -60,
  'usage-decline-30': -30,
  upsell: 80,
  'upsell-saturated': 80,
};

/** Writes the usage reports. Answers with the sums of the last 90 days and of the 90 before. */
export function addUsage(
  world: OrgWorld,
  story: Story,
  services: readonly Product[],
): { recent: number; previous: number } {
  const { random, plant } = story;
  const [product] = services;
  const planned = plant === null ? undefined : plannedChange[plant];
  const sums = { recent: 0, previous: 0 };
  if (product === undefined || (planned === undefined && random.chance(0.2))) return sums;
  const base = 100 * random.integer(5, 400);
  const change = planned ?? random.integer(-22, 22);
  for (const offset of reports) {
    const noise = (): number => (planned === undefined ? 1 + 0.04 * (random.next() - 0.5) : 1);
    const recent = Math.round(((base * (100 + change)) / 100) * noise());
    const previous = Math.round(base * noise());
    addReport(world, story, product, usageMetric, world.today - offset, recent);
    addReport(world, story, product, usageMetric, world.today - offset - 90, previous);
    sums.recent += recent;
    sums.previous += previous;
  }
  if (random.chance(0.05)) addOther(world, story, product, random);
  return sums;
}

/** Usage of another metric doubles, which must not be mistaken for growth of the first. */
function addOther(world: OrgWorld, story: Story, product: Product, random: Random): void {
  const base = random.integer(10, 500);
  for (const offset of reports) {
    addReport(world, story, product, otherMetric, world.today - offset, 2 * base);
    addReport(world, story, product, otherMetric, world.today - offset - 90, base);
  }
}

function addReport(
  { files, users }: OrgWorld,
  { id, random, place }: Story,
  product: Product,
  metric: string,
  day: number,
  quantity: number,
): void {
  const reported = at(day, 23) + random.integer(0, 3_000);
  files.add('Usage__c', {
    Id: nextId(files, 'Usage__c', shape.keyPrefix),
    Name: `U-${String(files.count('Usage__c') + 1).padStart(8, '0')}`,
    Account__c: id,
    Product2__c: product.id,
    Usage_Date__c: day,
    Metric__c: metric,
    Quantity__c: quantity,
    Active_Users__c: Math.max(1, Math.round(quantity / 100)),
    CurrencyIsoCode: place.currency,
    ...audit(reported, reported, users.integration),
  });
}
