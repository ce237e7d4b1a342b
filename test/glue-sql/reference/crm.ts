import { divideHalfAway, groupBy, hundredths, sum } from './arithmetic.ts';

/** What the CRM marts read, as a test gives it; money in cents, probability in hundredths of a percent. */
export interface CrmAccount {
  readonly id: string;
  readonly name: string | null;
  readonly industry: string | null;
  readonly country: string | null;
  readonly state: string | null;
  readonly region: string | null;
  readonly segment: string | null;
  readonly revenue: bigint | null;
  readonly deleted: boolean;
}

export interface CrmOpportunity {
  readonly id: string;
  readonly accountId: string | null;
  readonly stage: string | null;
  readonly category: string | null;
  readonly won: boolean | null;
  readonly closed: boolean | null;
  readonly cents: bigint | null;
  readonly probability: bigint | null;
  readonly closeDate: string | null;
  readonly createdOn: string | null;
  readonly deleted: boolean;
}

export interface WarehouseOrder {
  readonly id: string;
  readonly customer: string;
  readonly date: string;
  readonly cents: bigint | null;
}

export interface CrmWorld {
  readonly asOf: string;
  readonly accounts: readonly CrmAccount[];
  readonly opportunities: readonly CrmOpportunity[];
  readonly orders: readonly WarehouseOrder[];
}

type Outcome = 'won' | 'lost' | 'open';
type Group = readonly string[];

/** Naive: one list of what counts, one filter per number, no shared passes. */
export class CrmReference {
  private readonly world: CrmWorld;
  private readonly alive: readonly CrmAccount[];
  private readonly counting: readonly CrmOpportunity[];

  constructor(world: CrmWorld) {
    this.world = world;
    this.alive = world.accounts.filter((account) => !account.deleted);
    this.counting = world.opportunities.filter(
      (deal) =>
        !deal.deleted && (outcomeOf(deal) === 'open' || deal.closeDate === null || deal.closeDate <= world.asOf),
    );
  }

  /** Rows of one of the three revenue marts: the group's values, then the nine measures. */
  revenue(groupOf: (account: CrmAccount) => Group): (string | null)[][] {
    const width = groupOf(nobody).length;
    const unattributed = Array.from({ length: width }, () => '(unattributed)');
    const ofDeal = (deal: CrmOpportunity) => {
      const account = this.accountOf(deal);
      return account === undefined ? unattributed : groupOf(account);
    };
    const groups = new Map<string, Group>();
    for (const group of [...this.alive.map(groupOf), ...this.counting.map(ofDeal)]) groups.set(group.join('|'), group);
    return [...groups].map(([key, group]) => {
      const deals = this.counting.filter((deal) => ofDeal(deal).join('|') === key);
      const accounts = this.alive.filter((account) => groupOf(account).join('|') === key);
      return [...group, ...measures(deals, accounts.length)];
    });
  }

  pipeline(): (string | null)[][] {
    const key = (deal: CrmOpportunity) =>
      [deal.stage ?? 'UNKNOWN', deal.category ?? 'UNKNOWN', deal.closeDate?.slice(0, 7) ?? 'UNKNOWN'].join('|');
    return [...groupBy(this.counting, key)].map(([group, deals]) => {
      const open = deals.filter((deal) => outcomeOf(deal) === 'open');
      const closed = deals.filter((deal) => outcomeOf(deal) !== 'open');
      const weighted = sum(deals.map((deal) => (deal.cents ?? 0n) * (deal.probability ?? 0n)));
      return [
        ...group.split('|'),
        String(deals.length),
        hundredths(sum(deals.map((deal) => deal.cents ?? 0n))),
        hundredths(divideHalfAway(weighted, 10_000n)),
        average(open.map((deal) => days(deal.createdOn, this.world.asOf))),
        average(closed.map((deal) => days(deal.createdOn, deal.closeDate))),
      ];
    });
  }

  /** Account, won cents, won count, open cents, number and sum of its orders. */
  accountOrders(): (string | null)[][] {
    return this.alive.map((account) => {
      const deals = this.counting.filter((deal) => deal.accountId === account.id);
      const orders = this.placed().filter((order) => this.owner(order)?.id === account.id);
      return [
        account.id,
        ...amountAndCount(deals, 'won'),
        amountAndCount(deals, 'open')[0] ?? null,
        String(orders.length),
        hundredths(sum(orders.map((order) => order.cents ?? 0n))),
      ];
    });
  }

  unmatched(): string[][] {
    return this.placed()
      .filter((order) => this.owner(order) === undefined)
      .map((order) => [order.id, this.namesakes(order).length === 0 ? 'UNKNOWN_NAME' : 'AMBIGUOUS_NAME']);
  }

  private placed(): WarehouseOrder[] {
    return this.world.orders.filter((order) => order.date <= this.world.asOf);
  }

  private namesakes(order: WarehouseOrder): CrmAccount[] {
    const key = nameKey(order.customer);
    return key === '' ? [] : this.alive.filter((account) => nameKey(account.name ?? '') === key);
  }

  private owner(order: WarehouseOrder): CrmAccount | undefined {
    const found = this.namesakes(order);
    return found.length === 1 ? found[0] : undefined;
  }

  private accountOf(deal: CrmOpportunity): CrmAccount | undefined {
    return this.alive.find((account) => account.id === deal.accountId);
  }
}

const nobody: CrmAccount = {
  id: '',
  name: null,
  industry: null,
  country: null,
  state: null,
  region: null,
  segment: null,
  revenue: null,
  deleted: false,
};

export const known = (value: string | null): string => value ?? 'UNKNOWN';

export function segmentOf(account: CrmAccount): string {
  if (account.segment !== null) return account.segment;
  if (account.revenue === null) return 'UNKNOWN';
  if (account.revenue >= 10_000_000_000n) return 'Enterprise';
  return account.revenue >= 1_000_000_000n ? 'Mid-Market' : 'SMB';
}

function outcomeOf(deal: CrmOpportunity): Outcome {
  if (deal.won === true) return 'won';
  return deal.closed === true ? 'lost' : 'open';
}

function amountAndCount(deals: readonly CrmOpportunity[], outcome: Outcome): string[] {
  const those = deals.filter((deal) => outcomeOf(deal) === outcome);
  return [hundredths(sum(those.map((deal) => deal.cents ?? 0n))), String(those.length)];
}

function measures(deals: readonly CrmOpportunity[], accounts: number): (string | null)[] {
  const won = deals.filter((deal) => outcomeOf(deal) === 'won');
  const closed = deals.filter((deal) => outcomeOf(deal) !== 'open');
  const total = sum(won.map((deal) => deal.cents ?? 0n));
  return [
    ...amountAndCount(deals, 'won'),
    ...amountAndCount(deals, 'open'),
    ...amountAndCount(deals, 'lost'),
    String(accounts),
    won.length === 0 ? null : hundredths(divideHalfAway(total, BigInt(won.length))),
    closed.length === 0 ? null : hundredths(divideHalfAway(BigInt(won.length) * 10_000n, BigInt(closed.length))),
  ];
}

/** Whole days between two dates; null when one is missing or they stand the wrong way round. */
function days(from: string | null, to: string | null): number | null {
  if (from === null || to === null || from > to) return null;
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

function average(values: readonly (number | null)[]): string | null {
  const given = values.filter((value) => value !== null);
  if (given.length === 0) return null;
  return hundredths(
    divideHalfAway(BigInt(given.reduce((total, value) => total + value, 0)) * 100n, BigInt(given.length)),
  );
}

function nameKey(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
