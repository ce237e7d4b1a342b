import { decimalText } from '../../drops/csv.ts';
import type { Deal } from './opportunity-plan.ts';
import { type AccountFacts, type AlertType, alertTypes, type RuleId, ruleIds, signalsOf } from './signals.ts';
import type { Story } from './story.ts';
import type { DealSums, OrgTruth } from './truth.ts';

interface Sums {
  count: number;
  amount: number;
  usd: number;
}

interface Cell {
  readonly won: Sums;
  readonly lost: Sums;
  readonly open: Sums;
}

/** Counts what a correct pipeline must find, record by record as they are made. Sums are whole hundredths: exact to 90 thousand billion. */
export class Tally {
  readonly #deals = new Map<string, { industry: string; currency: string; cell: Cell }>();
  readonly #accounts = new Map<string, number>();
  readonly #signals = new Map<AlertType | RuleId, string[]>([...alertTypes, ...ruleIds].map((signal) => [signal, []]));
  readonly #planted = new Map<string, string[]>();
  readonly #groups = new Map<number, { id: string; name: string; region: string }[]>();
  readonly #unattributed: string[] = [];

  /** `industry` is null for an opportunity without account. */
  deal(industry: string | null, currency: string, { stage, amount }: Deal, usd: number, id: string): void {
    if (industry === null) this.#unattributed.push(id);
    const key = `${industry ?? '(unattributed)'}|${currency}`;
    const entry = this.#deals.get(key) ?? { industry: industry ?? '(unattributed)', currency, cell: emptyCell() };
    this.#deals.set(key, entry);
    const sums = stage.isWon ? entry.cell.won : stage.isClosed ? entry.cell.lost : entry.cell.open;
    sums.count++;
    sums.amount += amount;
    sums.usd += usd;
  }

  account({ id, industry, plant, group, name, place }: Story, facts: AccountFacts, hasInvoices: boolean): void {
    this.#accounts.set(industry, (this.#accounts.get(industry) ?? 0) + 1);
    for (const signal of signalsOf(facts, hasInvoices)) this.#signals.get(signal)?.push(id);
    if (plant !== null) append(this.#planted, plant, id);
    if (group !== null) append(this.#groups, group.number, { id, name, region: place.region });
  }

  results(): Pick<OrgTruth, 'accountsByIndustry' | 'deals' | 'alerts' | 'rules' | 'unattributedOpportunities'> {
    const list = (signal: AlertType | RuleId): readonly string[] => this.#signals.get(signal) ?? [];
    const sorted = [...this.#deals.values()].sort(
      (a, b) => order(a.industry, b.industry) || order(a.currency, b.currency),
    );
    return {
      accountsByIndustry: Object.fromEntries([...this.#accounts].sort(([a], [b]) => order(a, b))),
      deals: sorted.map(({ industry, currency, cell }) => ({
        industry,
        currency,
        won: dealSums(cell.won),
        lost: dealSums(cell.lost),
        open: dealSums(cell.open),
      })),
      alerts: Object.fromEntries(alertTypes.map((type) => [type, list(type)])) as OrgTruth['alerts'],
      rules: Object.fromEntries(ruleIds.map((rule) => [rule, list(rule)])) as OrgTruth['rules'],
      unattributedOpportunities: this.#unattributed,
    };
  }

  /** Ids of the accounts that were made for a purpose. */
  planted(plant: string): readonly string[] {
    return this.#planted.get(plant) ?? [];
  }

  group(number: number): readonly { id: string; name: string; region: string }[] {
    return this.#groups.get(number) ?? [];
  }
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function emptyCell(): Cell {
  const sums = (): Sums => ({ count: 0, amount: 0, usd: 0 });
  return { won: sums(), lost: sums(), open: sums() };
}

function dealSums({ count, amount, usd }: Sums): DealSums {
  return { count, amount: decimalText(amount), usd: decimalText(usd) };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
