import type { Placement } from './advisor-capacity.ts';
import type { Judgement } from './judge-clients.ts';
import { candidateOf, judgeCandidate, type PlacedCandidate, type RankedRule } from './rule-candidate.ts';
import type { TerritoriesConfig } from './territories-config.ts';
import { samePair } from './territory-codes.ts';
import type { TerritoryReference } from './territory-rule.ts';

/**
 * What the parent organisation gives each client: its PRIMARY territory and advisor as SECONDARY, where the territory is none that
 * the client has. The parent is the active client whose key, else whose name (if only one has it) is the client's parent_org.
 */
export function parentTerritories(
  judgements: readonly Judgement[],
  placements: readonly Placement[],
  rule: NonNullable<TerritoriesConfig['parent_rule']>,
  inactiveTerritories: readonly TerritoryReference[],
): (PlacedCandidate | null)[] {
  const byKey = new Map(judgements.map(({ client }, index) => [client.client_key, index]));
  const byName = new Map<string, number | null>();
  for (const [index, { client }] of judgements.entries()) {
    if (client.client_name !== null) byName.set(client.client_name, byName.has(client.client_name) ? null : index);
  }
  const ranked: RankedRule = { ...rule, kind: 'parent_territory', priority: 100, confidence: '100.00' };
  return judgements.map((judgement, index) => {
    const { parent_org } = judgement.client;
    if (parent_org === null) return null;
    const found = byKey.get(parent_org) ?? byName.get(parent_org) ?? index;
    const parent = judgements[found];
    if (found === index || parent === undefined) return null;
    const candidate = candidateOf('SECONDARY', ranked, parent.primary.pair, placements[found]?.advisor ?? null);
    const taken = judgement.secondaries.find(({ pair }) => samePair(pair, candidate.pair));
    judgeCandidate(candidate, true, judgement.bans, new Set(), inactiveTerritories);
    if (candidate.reason !== '') return candidate;
    if (samePair(candidate.pair, judgement.primary.pair)) candidate.reason = 'SAME_TERRITORY';
    else if (taken !== undefined) candidate.reason = `OUTRANKED(${taken.rule.id})`;
    else {
      candidate.won = true;
      candidate.reason = 'WON';
    }
    return candidate;
  });
}
