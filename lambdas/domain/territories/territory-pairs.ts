import type { Client } from './client-priority.ts';
import { type Judgement, ownPair } from './judge-clients.ts';
import type { TerritoriesConfig } from './territories-config.ts';
import { pairKey, type TerritoryPair } from './territory-codes.ts';
import { textOrder } from './text-order.ts';

/**
 * Pairs that need a code, in the order of their first appearance: those of the clients' history by (effective_from, client_key), then
 * those that only rules bring in, by name.
 */
export function pairsInOrder(
  clients: readonly Client[],
  judgements: readonly Judgement[],
  config: Pick<TerritoriesConfig, 'default_rule'>,
): TerritoryPair[] {
  const first = new Map<string, { pair: TerritoryPair; day: string; client: string }>();
  for (const version of clients) {
    const { effective_from: day, client_key: client } = version;
    const pair = ownPair(version, config);
    const known = first.get(pairKey(pair));
    if (known === undefined || day < known.day || (day === known.day && client < known.client))
      first.set(pairKey(pair), { pair, day, client });
  }
  const seen = [...first.values()].toSorted((a, b) => textOrder(a.day, b.day) || textOrder(a.client, b.client));
  const others = new Map<string, TerritoryPair>();
  for (const { candidates } of judgements)
    for (const { pair } of candidates) if (pair !== null && !first.has(pairKey(pair))) others.set(pairKey(pair), pair);
  const added = [...others].toSorted(([a], [b]) => textOrder(a, b)).map(([, pair]) => pair);
  return [...seen.map(({ pair }) => pair), ...added];
}
