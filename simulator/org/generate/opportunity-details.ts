import { decimalText } from '../../drops/csv.ts';
import type { Random } from '../../random.ts';
import { opportunityHistory, opportunityLineItem } from '../shapes/selling.ts';
import { openStages, type Stage } from '../shapes/stages.ts';
import { audit } from './audit.ts';
import type { Deal } from './opportunity-plan.ts';
import type { Story } from './story.ts';
import { nextId, type OrgWorld } from './world.ts';

/** An opportunity whose record is written. Times are seconds since 1970. */
export interface WrittenDeal {
  readonly id: string;
  readonly deal: Deal;
  readonly created: number;
  readonly modified: number;
  readonly deleted: boolean;
}

/** The stages on the way: the first at creation, perhaps one between, the present one at the last change. */
export function addHistory(world: OrgWorld, story: Story, { id, deal, created, modified, deleted }: WrittenDeal): void {
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
export function addLineItems(world: OrgWorld, story: Story, { id, deal, created, modified }: WrittenDeal): void {
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
