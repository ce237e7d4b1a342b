import { decimalText } from '../../drops/csv.ts';
import type { Random } from '../../random.ts';
import { leadSources } from '../shapes/picklists.ts';
import { opportunity, opportunityHistory, opportunityLineItem } from '../shapes/selling.ts';
import { openStages, type Stage } from '../shapes/stages.ts';
import { audit } from './audit.ts';
import { type Deal, planDeals } from './opportunity-plan.ts';
import type { Story } from './story.ts';
import type { Tally } from './tally.ts';
import { isoDate, momentOf, yearsBefore } from './timeline.ts';
import { nextId, type OrgWorld } from './world.ts';

/** Revenue facts of an account, in US cents, and the Ids of its opportunities. */
export interface SellingFacts {
  readonly annualRevenue: number;
  readonly previousRevenue: number;
  readonly opportunityIds: readonly string[];
}

/** Every so many accounts, one has an opportunity that lost its account. */
const accountsPerUnattributed = 333;

export function addOpportunities(world: OrgWorld, story: Story, tally: Tally): SellingFacts {
  const { random, number, plant, group } = story;
  const orphans = number % accountsPerUnattributed === 100 && plant === null && group === null ? 1 : 0;
  const deals = unambiguous(world, story, planDeals(story, world.today), orphans);
  const opportunityIds = deals.map((deal, index) => {
    const attributed = index < deals.length - orphans;
    const id = addOpportunity(world, story, deal, { attributed, deleted: false });
    tally.deal(attributed ? story.industry : null, story.place.currency, deal, usdOf(world, story, deal), id);
    return id;
  });
  if (random.chance(0.025) && deals[0] !== undefined) {
    addOpportunity(world, story, deals[0], { attributed: true, deleted: true });
  }
  return { ...revenueOf(world, story, deals.slice(0, deals.length - orphans)), opportunityIds };
}

function usdOf({ rates }: OrgWorld, { place }: Story, { amount, closeDay }: Deal): number {
  return rates.usd(amount, place.currency, closeDay);
}

function revenueOf(world: OrgWorld, story: Story, deals: readonly Deal[]): Omit<SellingFacts, 'opportunityIds'> {
  const won = (after: number, until: number): number =>
    deals
      .filter(({ stage, closeDay }) => stage.isWon && closeDay > after && closeDay <= until)
      .reduce((sum, deal) => sum + usdOf(world, story, deal), 0);
  const [year, before] = [yearsBefore(world.today, 1), yearsBefore(world.today, 2)];
  return { annualRevenue: won(year, world.today), previousRevenue: won(before, year) };
}

/** Growth close to the threshold of 20 percent would hang on how rates are rounded: such an account sold more. */
function unambiguous(world: OrgWorld, story: Story, deals: readonly Deal[], orphans: number): readonly Deal[] {
  const { annualRevenue, previousRevenue } = revenueOf(world, story, deals.slice(0, deals.length - orphans));
  const ratio = previousRevenue === 0 ? 0 : annualRevenue / previousRevenue;
  if (ratio < 1.18 || ratio > 1.22) return deals;
  const year = yearsBefore(world.today, 1);
  return deals.map((deal) => (deal.stage.isWon && deal.closeDay > year ? { ...deal, amount: 2 * deal.amount } : deal));
}

function addOpportunity(
  world: OrgWorld,
  story: Story,
  deal: Deal,
  { attributed, deleted }: { attributed: boolean; deleted: boolean },
): string {
  const { files, products, today } = world;
  const { random, place, ownerId, name } = story;
  const { stage, createdDay, closeDay, amount } = deal;
  const id = nextId(files, 'Opportunity', opportunity.keyPrefix);
  const product = random.pick(products);
  const created = momentOf(createdDay, random);
  const changedDay = stage.isClosed ? closeDay : random.integer(createdDay, today);
  const modified = Math.max(created, momentOf(changedDay, random));
  files.add('Opportunity', {
    Id: id,
    AccountId: attributed ? story.id : null,
    Name: `${attributed ? name.trim() : 'Inbound'} - ${product.family} ${isoDate(closeDay).slice(0, 7)}`.slice(0, 120),
    Description: random.chance(0.3) ? `Asked for "${product.name}", ${place.country}` : null,
    StageName: stage.name,
    Amount: decimalText(amount),
    Probability: stage.probability,
    CloseDate: closeDay,
    Type:
      story.standing === 'prospect' ? 'New Business' : random.pick(['Existing Business', 'Renewal', 'New Business']),
    NextStep: stage.isClosed ? null : random.pick(['Send proposal', 'Arrange demo', 'Call back', 'Negotiate terms']),
    LeadSource: random.pick(leadSources),
    IsClosed: stage.isClosed,
    IsWon: stage.isWon,
    ForecastCategory: stage.forecastCategory,
    CurrencyIsoCode: place.currency,
    OwnerId: ownerId,
    ...audit(created, modified, ownerId),
    IsDeleted: deleted,
    DealSize__c: story.segment === 'Enterprise' ? 'Large' : story.segment === 'Mid-Market' ? 'Medium' : 'Small',
    SalesCycle__c: Math.max(0, closeDay - createdDay),
    ProductInterest__c: product.family,
    Budget__c: decimalText(Math.round((amount * random.integer(80, 125)) / 10_000) * 100),
    Timeline__c: random.pick(['Immediate', 'This Quarter', 'This Year', 'Undecided']),
  });
  const record = { id, deal, created, modified, deleted };
  addHistory(world, story, record);
  if (!deleted && random.chance(0.55)) addLineItems(world, story, record);
  return id;
}

interface Written {
  readonly id: string;
  readonly deal: Deal;
  readonly created: number;
  readonly modified: number;
  readonly deleted: boolean;
}

/** The stages on the way: the first at creation, perhaps one between, the present one at the last change. */
function addHistory(world: OrgWorld, story: Story, { id, deal, created, modified, deleted }: Written): void {
  const { random, ownerId, place } = story;
  const steps: { stage: Stage; time: number }[] = [];
  const first = openStages[0];
  if (first !== undefined && deal.stage !== first) steps.push({ stage: first, time: created });
  if (deal.stage.isClosed && random.chance(0.4)) {
    steps.push({ stage: random.pick(openStages.slice(1)), time: created + Math.floor((modified - created) / 2) });
  }
  steps.push({ stage: deal.stage, time: steps.length === 0 ? created : modified });
  for (const { stage, time } of steps) {
    world.files.add('OpportunityHistory', {
      Id: nextId(world.files, 'OpportunityHistory', opportunityHistory.keyPrefix),
      IsDeleted: deleted,
      OpportunityId: id,
      StageName: stage.name,
      Amount: decimalText(deal.amount),
      ExpectedRevenue: decimalText(Math.round((deal.amount * stage.probability) / 100)),
      CloseDate: deal.closeDay,
      Probability: stage.probability,
      ForecastCategory: stage.forecastCategory,
      CurrencyIsoCode: place.currency,
      CreatedDate: time,
      CreatedById: ownerId,
      SystemModstamp: time,
    });
  }
}

/** Items whose totals add up to the amount exactly: the last one takes what is left. */
function addLineItems(world: OrgWorld, story: Story, { id, deal, created, modified }: Written): void {
  const { random, place, ownerId } = story;
  const count = random.pick([1, 2, 2, 3, 4]);
  let left = deal.amount;
  for (let item = 1; item <= count; item++) {
    const quantity = item === count ? 1 : random.integer(1, 9);
    const unit = item === count ? left : unitPrice(left / (count - item + 1), quantity, random);
    const product = random.pick(world.products);
    left -= unit * quantity;
    world.files.add('OpportunityLineItem', {
      Id: nextId(world.files, 'OpportunityLineItem', opportunityLineItem.keyPrefix),
      OpportunityId: id,
      Product2Id: product.id,
      ProductCode: product.code,
      Name: product.name,
      Quantity: quantity,
      UnitPrice: decimalText(unit),
      TotalPrice: decimalText(unit * quantity),
      ServiceDate: deal.closeDay,
      CurrencyIsoCode: place.currency,
      ...audit(created, modified, ownerId),
    });
  }
}

/** Whole units of the currency, since yen have no hundredths. */
function unitPrice(share: number, quantity: number, random: Random): number {
  return Math.floor((share * (0.5 + random.next())) / quantity / 100) * 100;
}
