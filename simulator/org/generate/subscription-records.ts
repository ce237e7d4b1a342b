import { decimalText } from '../../drops/csv.ts';
import { asset as assetShape, contract as contractShape } from '../shapes/subscriptions.ts';
import { audit } from './audit.ts';
import { inCurrency } from './exchange-rates.ts';
import type { Product } from './catalogue.ts';
import type { Story } from './story.ts';
import { momentOf } from './timeline.ts';
import { nextId, type OrgWorld } from './world.ts';

interface Term {
  readonly start: number;
  readonly end: number;
  readonly status: 'Activated' | 'Draft';
}

/** Writes the contracts. Answers with the days to the end of the last activated one; null without, or when over for more than 90. */
export function addContracts(world: OrgWorld, story: Story): number | null {
  const { files, today } = world;
  const { random, id, ownerId, place, createdDay } = story;
  const terms = contractTerms(story, today);
  for (const { start, end, status } of terms) {
    const signed = Math.min(today, Math.max(createdDay, start - random.integer(1, 30)));
    const created = momentOf(signed, random);
    files.add('Contract', {
      Id: nextId(files, 'Contract', contractShape.keyPrefix),
      ContractNumber: String(files.count('Contract') + 1).padStart(8, '0'),
      AccountId: id,
      StartDate: start,
      EndDate: end,
      ContractTerm: Math.round((end - start) / 30.4),
      Status: status,
      CustomerSignedDate: status === 'Draft' ? null : signed,
      CurrencyIsoCode: place.currency,
      OwnerId: ownerId,
      ...audit(created, created + (status === 'Draft' ? 0 : 1_800), ownerId),
    });
  }
  const ends = terms.filter(({ status }) => status === 'Activated').map(({ end }) => end - today);
  const last = ends.length === 0 ? null : Math.max(...ends);
  return last === null || last < -90 ? null : last;
}

/** Ordinary contracts end far from the 90 days around which alerts and rules judge. */
function contractTerms({ plant, standing, random, createdDay }: Story, today: number): readonly Term[] {
  const until = (days: number): Term => ({ start: today + days - 364, end: today + days, status: 'Activated' });
  switch (plant) {
    case 'churning':
    case 'churn-at-70':
      return [until(30)];
    case 'expiring':
      return [until(random.integer(1, 89))];
    case 'expiring-in-90':
      return [until(90)];
    case 'expired':
      return [until(-random.integer(1, 90))];
    case 'expired-91':
      return [until(-91)];
    case 'renewed':
      return [until(30), until(395)];
    default:
      break;
  }
  if (standing === 'former') return [until(-random.integer(120, 420))];
  if (standing === 'prospect') return random.chance(0.15) ? [{ ...until(400), status: 'Draft' }] : [];
  if (random.chance(0.1)) return [];
  const current = until(random.integer(120, 360));
  const before = { start: current.start - 365, end: current.start - 1, status: 'Activated' } as const;
  return before.start > createdDay && random.chance(0.5) ? [before, current] : [current];
}

/** Writes the assets. Answers with the products that are active services. */
export function addAssets(world: OrgWorld, story: Story): readonly Product[] {
  const { standing, random, plant } = story;
  if (standing === 'prospect') return [];
  const offered = world.products.filter(({ isActive }) => isActive);
  const count = plant === 'upsell' ? 2 : plant === 'upsell-saturated' ? 5 : random.integer(1, 2);
  const owned = random.sample(
    offered,
    plant === 'upsell-saturated' || plant === 'upsell' ? count : count + (random.chance(0.2) ? 2 : 0),
  );
  if (standing === 'former') {
    for (const product of owned) addAsset(world, story, product, { status: 'Obsolete', ended: true });
    return [];
  }
  for (const product of owned) addAsset(world, story, product, {});
  const [again] = owned;
  if (again !== undefined && random.chance(0.1)) addAsset(world, story, again, {});
  // None of these is an active service.
  if (random.chance(0.08)) addAsset(world, story, random.pick(offered), { competitor: true });
  if (random.chance(0.08)) addAsset(world, story, random.pick(offered), { status: 'Obsolete' });
  if (random.chance(0.05)) addAsset(world, story, random.pick(offered), { ended: true });
  if (random.chance(0.03)) addAsset(world, story, random.pick(offered), { status: 'Purchased', planned: true });
  return owned;
}

interface AssetTraits {
  readonly status?: string;
  readonly competitor?: boolean;
  /** Usage ended before the last day. */
  readonly ended?: boolean;
  /** To be installed after the last day. */
  readonly planned?: boolean;
}

/** A price list is of a year; an asset's price is that of one period. */
const periodsOfYear = { year: 1, month: 12, week: 52 } as const;

function addAsset(world: OrgWorld, story: Story, product: Product, traits: AssetTraits): void {
  const { files, today } = world;
  const { random, place, ownerId, createdDay } = story;
  const bought = traits.planned === true ? today - 3 : random.integer(createdDay, today - 200);
  const created = momentOf(bought, random);
  const isRecurring = random.chance(0.8);
  const frequency = random.pick(['month', 'month', 'month', 'year', 'week'] as const);
  files.add('Asset', {
    Id: nextId(files, 'Asset', assetShape.keyPrefix),
    Name: `${product.name} for ${story.name.trim()}`,
    AccountId: story.id,
    Product2Id: product.id,
    Status: traits.status ?? random.pick(['Installed', 'Installed', 'Registered']),
    Price: decimalText(inCurrency(product.price / (isRecurring ? periodsOfYear[frequency] : 1), place.currency)),
    Quantity: random.integer(1, 20),
    PurchaseDate: bought,
    InstallDate: traits.planned === true ? today + 20 : bought + 5,
    UsageEndDate: traits.ended === true ? today - random.integer(20, 150) : random.chance(0.3) ? today + 300 : null,
    IsCompetitorProduct: traits.competitor === true,
    CurrencyIsoCode: place.currency,
    OwnerId: ownerId,
    ...audit(created, created + 86_400, ownerId),
    Is_Recurring__c: isRecurring,
    Billing_Frequency__c: isRecurring ? frequency : null,
    Billing_Interval_Count__c: isRecurring ? (frequency === 'month' && random.chance(0.15) ? 3 : 1) : null,
  });
}
