import { z } from 'zod';
import {
  metricNames,
  type ScoreInput,
  scoreInputNames,
  scoreInputs,
  scoreParts,
} from '../../domain/serving/metric-names.ts';
import { snapshotTexts } from '../../domain/serving/snapshot-texts.ts';
import type { ServingSnapshot } from '../../ports/serving-store.ts';
import type { Customer } from '../contract/customer.ts';
import type { Principal } from '../principal.ts';

const value = z.union([z.number(), z.string(), z.null()]);
type Value = z.infer<typeof value>;

/** The document of a customer as snapshots store it: metrics, inputs and history without names. */
const storedSchema = z.object({
  account: z.unknown(),
  territory: z.unknown(),
  metrics: z.array(value),
  inputs: z.array(z.number().nullable()),
  history: z.array(z.array(value)),
  orders: z.unknown(),
  company: z.record(z.string(), value),
  company_metrics: z.array(value).nullable(),
  members: z.array(z.record(z.string(), value)).nullable(),
  linked_accounts: z.array(z.record(z.string(), z.unknown())),
});

type Named = Readonly<Record<string, Value>>;

/** The customer as the contract has it, without its source. Scores explain themselves by the weights that the snapshot was made with. */
export function customerOf(text: string, snapshot: ServingSnapshot, principal: Principal): Omit<Customer, 'source'> {
  const stored = storedSchema.parse(JSON.parse(text));
  const metrics = named(metricNames, stored.metrics);
  const inputs = named(scoreInputNames, stored.inputs);
  const weights = weightsOf(snapshot);
  const account = stored.account as Customer['account'];
  const company = stored.company_metrics === null ? metrics : named(metricNames, stored.company_metrics);
  return {
    account,
    territory: stored.territory as Customer['territory'],
    metrics: metrics as unknown as Customer['metrics'],
    health: scoreOf('health', metrics, inputs, weights),
    churn: scoreOf('churn', metrics, inputs, weights),
    history: stored.history.map((values) => named(historyNames, values)) as unknown as Customer['history'],
    orders: stored.orders as Customer['orders'],
    company: {
      ...stored.company,
      metrics: company,
      members: stored.members ?? [onlyMember(account, metrics)],
    } as unknown as Customer['company'],
    linked_accounts: stored.linked_accounts as unknown as Customer['linked_accounts'],
    ...ownOnly(stored, principal, snapshot),
  };
}

const historyNames = ['as_of', 'health_score', 'health_status', 'churn_risk_score', 'churn_risk_level'];

function named(names: readonly string[], values: readonly Value[]): Named {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]));
}

const known = new WeakMap<ServingSnapshot, Readonly<Record<string, string>>>();

function weightsOf(snapshot: ServingSnapshot): Readonly<Record<string, string>> {
  const parameters =
    known.get(snapshot) ?? snapshotTexts.parameters.parse(JSON.parse(snapshot.text('parameters') ?? '{}'));
  known.set(snapshot, parameters);
  return parameters;
}

function onlyMember(account: Customer['account'], { annual_revenue }: Named): Named {
  const { account_id, account_name, region } = account;
  return { account_id, account_name, region, annual_revenue: annual_revenue ?? 0, link_confidence: null };
}

/** A reader of some territories sees no figures of accounts elsewhere: of the company and the links only what is theirs. */
function ownOnly(
  { company, members, linked_accounts }: z.infer<typeof storedSchema>,
  { territories }: Principal,
  snapshot: ServingSnapshot,
): Partial<Customer> {
  if (territories === null || (members === null && linked_accounts.length === 0)) return {};
  const isSeen = (id: unknown) => snapshot.get('customer', String(id), 'row', territories) !== null;
  const links = linked_accounts.filter(({ account_id }) =>
    isSeen(account_id),
  ) as unknown as Customer['linked_accounts'];
  if (members === null) return { linked_accounts: links };
  const seen = members.filter(({ account_id }) => isSeen(account_id));
  if (seen.length === members.length) return { linked_accounts: links };
  return {
    linked_accounts: links,
    company: { ...company, metrics: null, members: seen } as unknown as Customer['company'],
  };
}

function scoreOf(kind: 'health' | 'churn', metrics: Named, inputs: Named, weights: Readonly<Record<string, string>>) {
  const coverage = Number(metrics[`${kind}_coverage`]);
  const factors = scoreParts[kind].map(({ component, weight, inputs: names }) => {
    const points = metrics[component];
    const share = Number(weights[weight] ?? 0);
    return {
      component,
      weight: share,
      value: typeof points === 'number' ? points : null,
      contribution: typeof points === 'number' && coverage > 0 ? hundredths((points * share) / coverage) : null,
      inputs: names.map((name) => inputOf(name, inputs)),
    };
  });
  const score = metrics[kind === 'health' ? 'health_score' : 'churn_risk_score'];
  return {
    score: typeof score === 'number' ? score : null,
    name: String(metrics[kind === 'health' ? 'health_status' : 'churn_risk_level']),
    coverage,
    factors,
    missing: factors.filter(({ value: points }) => points === null).map(({ component }) => component),
  };
}

function inputOf(name: ScoreInput, inputs: Named) {
  const { unit, description } = scoreInputs[name];
  const input = inputs[name];
  return { name, value: typeof input === 'number' ? input : null, unit, description };
}

function hundredths(amount: number): number {
  return Math.round(amount * 100) / 100;
}
