import { refersTo, samePair, type TerritoryPair } from './territory-codes.ts';
import type { TerritoryReference, TerritoryRule } from './territory-rule.ts';

/** One thing that a rule wants for a client, and what became of it. */
export interface Candidate {
  readonly decision: 'PRIMARY' | 'ADVISOR' | 'SECONDARY';
  readonly rule: RankedRule;
  readonly pair: TerritoryPair | null;
  readonly advisor: string | null;
  won: boolean;
  /** `WON`, `OUTRANKED(rule)`, `BLACKLISTED(rule)`, `RULE_INACTIVE`, `TERRITORY_INACTIVE`, `ADVISOR_INACTIVE`, `OTHER_TERRITORY`, `SAME_TERRITORY`. */
  reason: string;
  /** The blacklist that a whitelist beat. */
  conflict: string | null;
}

/** A candidate for a territory. */
export type PlacedCandidate = Candidate & { readonly pair: TerritoryPair };

/** A blacklist that holds for the client. */
export interface Ban {
  readonly rule: TerritoryRule;
}

export interface RankedRule {
  readonly id: string;
  readonly version: number;
  readonly kind: TerritoryRule['kind'] | 'default' | 'parent_territory';
  readonly priority: number;
  /** Percent with two places. */
  readonly confidence: string;
}

export function candidateOf<P extends TerritoryPair | null>(
  decision: Candidate['decision'],
  rule: RankedRule,
  pair: P,
  advisor: string | null,
): Candidate & { readonly pair: P } {
  return { decision, rule, pair, advisor, won: false, reason: '', conflict: null };
}

/** Sets the reason why a candidate cannot win, or the conflict that it survives. */
export function judgeCandidate(
  candidate: Candidate,
  active: boolean,
  bans: readonly Ban[],
  idle: ReadonlySet<string>,
  inactiveTerritories: readonly TerritoryReference[],
): void {
  const { pair, advisor, decision } = candidate;
  if (!active) candidate.reason = 'RULE_INACTIVE';
  else if (pair !== null && inactiveTerritories.some((reference) => refersTo(reference, pair))) {
    candidate.reason = 'TERRITORY_INACTIVE';
  } else if (decision === 'ADVISOR' && advisor !== null && idle.has(advisor)) candidate.reason = 'ADVISOR_INACTIVE';
  if (candidate.reason !== '') return;
  const ban = bans.find(({ rule: { effect } }) => {
    const bansTerritory = pair !== null && effect.territory !== undefined && refersTo(effect.territory, pair);
    return bansTerritory || (decision !== 'PRIMARY' && effect.advisor !== undefined && effect.advisor === advisor);
  });
  if (ban === undefined) return;
  if (candidate.rule.kind === 'whitelist') candidate.conflict = `BEATS_BLACKLIST(${ban.rule.id})`;
  else candidate.reason = `BLACKLISTED(${ban.rule.id})`;
}

/** Of candidates in order of rank the first without a reason against it; the others are outranked by it. */
export function winner<T extends Candidate>(candidates: readonly T[]): T | undefined {
  const first = candidates.find(({ reason }) => reason === '');
  if (first === undefined) return undefined;
  for (const candidate of candidates) if (candidate.reason === '') candidate.reason = `OUTRANKED(${first.rule.id})`;
  first.won = true;
  first.reason = 'WON';
  return first;
}

/** The best-ranked candidate of each territory, the PRIMARY's left out. */
export function distinctTerritories(candidates: readonly PlacedCandidate[], primary: TerritoryPair): PlacedCandidate[] {
  const chosen: PlacedCandidate[] = [];
  for (const candidate of candidates) {
    if (candidate.reason !== '') continue;
    const rival = chosen.find(({ pair }) => samePair(pair, candidate.pair));
    if (samePair(candidate.pair, primary)) candidate.reason = 'SAME_TERRITORY';
    else if (rival !== undefined) candidate.reason = `OUTRANKED(${rival.rule.id})`;
    else {
      candidate.won = true;
      candidate.reason = 'WON';
      chosen.push(candidate);
    }
  }
  return chosen;
}
