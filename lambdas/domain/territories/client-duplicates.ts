import { nameTokens } from './client-name.ts';
import type { ClientVersion } from './client-version.ts';
import { duplicateCandidates } from './duplicate-candidates.ts';
import { decimalText, hundredths } from '../hundredths.ts';
import type { TerritoriesConfig } from './territories-config.ts';
import { textOrder, textsOrder } from './text-order.ts';
import { LikenessMeter } from './token-sort-ratio.ts';

/** A row of `gold.client_duplicate`; client_key_a < client_key_b. */
export interface ClientDuplicate {
  readonly client_key_a: string;
  readonly client_key_b: string;
  readonly client_name_a: string;
  readonly client_name_b: string;
  /** Token sort ratio of the normalised names, percent, decimal text with two places. */
  readonly similarity: string;
  readonly level: 'HIGH' | 'MEDIUM' | 'LOW';
  /** The more complete record; of two alike the earlier one, then the smaller key. */
  readonly suggested_keep: string;
  readonly suggested_merge: string;
}

/** Clients of one name beyond this many are each paired with the best record among them only: pairs of all would be a flood. */
const largestGroup = 40;

interface Name {
  readonly tokens: readonly string[];
  readonly text: string;
  /** Best record first. */
  readonly clients: ClientVersion[];
}

/**
 * `gold.client_duplicate`: pairs of active current clients (rows of ClientVersion) whose normalised names are alike to the configured
 * percentage, sorted by keys. Candidates come from shared words and letters (duplicateCandidates), so that of names that differ in
 * much a pair may be missed; what is reported has its exact likeness.
 */
export function clientDuplicates(
  clients: readonly ClientVersion[],
  config: Pick<TerritoriesConfig, 'duplicates'>,
): ClientDuplicate[] {
  const names = distinctNames(clients);
  const threshold = Number(hundredths(String(config.duplicates.at_least)));
  const meter = new LikenessMeter();
  const pairs: ClientDuplicate[] = [];
  for (const { clients: same } of names) {
    for (const [a, b] of pairsWithin(same)) pairs.push(duplicate(a, b, 10_000, config));
  }
  for (const [a, b] of duplicateCandidates(names.map(({ text }) => text))) {
    const [one, other] = [names[a], names[b]];
    if (one === undefined || other === undefined) continue;
    const likeness = meter.likeness(one.text, other.text, threshold);
    if (likeness < threshold) continue;
    for (const [first, second] of pairsBetween(one.clients, other.clients))
      pairs.push(duplicate(first, second, likeness, config));
  }
  return pairs.toSorted((x, y) => textsOrder([x.client_key_a, x.client_key_b], [y.client_key_a, y.client_key_b]));
}

function distinctNames(clients: readonly ClientVersion[]): Name[] {
  const names = new Map<string, Name>();
  for (const client of clients) {
    if (!client.is_current || !client.is_active || client.client_name === null) continue;
    const tokens = nameTokens(client.client_name);
    if (tokens.length === 0) continue;
    const text = tokens.join(' ');
    const name = names.get(text);
    if (name === undefined) names.set(text, { tokens, text, clients: [client] });
    else name.clients.push(client);
  }
  for (const name of names.values()) if (name.clients.length > 1) name.clients.sort(betterFirst);
  return [...names.values()].toSorted((a, b) => textOrder(a.text, b.text));
}

function pairsWithin(clients: readonly ClientVersion[]): [ClientVersion, ClientVersion][] {
  const [best] = clients;
  if (best === undefined) return [];
  if (clients.length > largestGroup) return clients.slice(1).map((client) => [best, client]);
  return clients.flatMap((client, index) =>
    clients.slice(index + 1).map((other): [ClientVersion, ClientVersion] => [client, other]),
  );
}

function pairsBetween(
  some: readonly ClientVersion[],
  others: readonly ClientVersion[],
): [ClientVersion, ClientVersion][] {
  const many = some.length * others.length > largestGroup;
  return (many ? some.slice(0, 1) : some).flatMap((client) =>
    (many ? others.slice(0, 1) : others).map((other): [ClientVersion, ClientVersion] => [client, other]),
  );
}

function duplicate(
  one: ClientVersion,
  other: ClientVersion,
  likeness: number,
  { duplicates: { medium, high } }: Pick<TerritoriesConfig, 'duplicates'>,
): ClientDuplicate {
  const [a, b] = one.client_key < other.client_key ? [one, other] : [other, one];
  const [keep, merge] = betterFirst(a, b) <= 0 ? [a, b] : [b, a];
  const reaches = (percent: number) => BigInt(likeness) >= hundredths(String(percent));
  return {
    client_key_a: a.client_key,
    client_key_b: b.client_key,
    client_name_a: a.client_name ?? '',
    client_name_b: b.client_name ?? '',
    similarity: decimalText(BigInt(likeness)),
    level: reaches(high) ? 'HIGH' : reaches(medium) ? 'MEDIUM' : 'LOW',
    suggested_keep: keep.client_key,
    suggested_merge: merge.client_key,
  };
}

const weighed = ['region', 'segment', 'parent_org', 'primary_advisor_email', 'annual_revenue'] as const;

function betterFirst(a: ClientVersion, b: ClientVersion): number {
  const filled = (client: ClientVersion) => weighed.filter((column) => client[column] !== null).length;
  return filled(b) - filled(a) || textsOrder([a.effective_from, a.client_key], [b.effective_from, b.client_key]);
}
