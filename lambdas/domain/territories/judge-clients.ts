import { factsOf } from './client-attributes.ts';
import type { Client } from './client-priority.ts';
import { compileCondition, type Predicate } from './compile-condition.ts';
import { decimalText, hundredths } from '../hundredths.ts';
import type { TerritoriesConfig } from './territories-config.ts';
import {
  type Ban,
  type Candidate,
  candidateOf,
  distinctTerritories,
  judgeCandidate,
  type PlacedCandidate,
  type RankedRule,
  winner,
} from './rule-candidate.ts';
import { samePair, type TerritoryPair } from './territory-codes.ts';
import { priorityOf, type TerritoryReference, type TerritoryRule } from './territory-rule.ts';
import { textOrder } from './text-order.ts';

export type RulesConfig = Pick<TerritoriesConfig, 'rules' | 'default_rule' | 'inactive_territories' | 'advisors'>;

/** What the rules say of one client, before anybody's capacity is looked at. */
export interface Judgement {
  readonly client: Client;
  readonly primary: PlacedCandidate;
  /** By rule, else by the source; null where nobody, or nobody who may, is named. E-mail in lower case. */
  readonly requestedAdvisor: string | null;
  readonly barredAdvisors: ReadonlySet<string>;
  /** The blacklists that hold for the client. */
  readonly bans: readonly Ban[];
  /** At most one per territory; none is the PRIMARY's. */
  readonly secondaries: readonly PlacedCandidate[];
  /** All of them, the winners too. */
  readonly candidates: readonly Candidate[];
}

interface CompiledRule {
  readonly rule: TerritoryRule;
  readonly ranked: RankedRule;
  readonly holds: Predicate;
}

/** Clients' own territory comes last of all, and the one for unplaced clients after it. */
const defaultPriority = 10_000;

/**
 * Judges each client by every rule, in the order of (priority, id), which makes it independent of the order in the file. The first
 * candidate that is neither barred nor inactive wins; a whitelist is never barred. The client's own region and segment is the last
 * candidate; where even that is barred or inactive, the client goes to the territory for unplaced ones.
 */
export function judgeClients(clients: readonly Client[], config: RulesConfig): Judgement[] {
  const compiled = config.rules
    .map((rule): CompiledRule => ({ rule, ranked: rankedRule(rule), holds: compileCondition(rule.condition) }))
    .toSorted((a, b) => a.ranked.priority - b.ranked.priority || textOrder(a.rule.id, b.rule.id));
  const idle = new Set(config.advisors.filter(({ is_active }) => !is_active).map(({ email }) => email));
  return clients.map((client) => judgeClient(client, compiled, idle, config));
}

function rankedRule(rule: TerritoryRule): RankedRule {
  const confidence = decimalText(hundredths(String(rule.confidence)));
  return { id: rule.id, version: rule.version, kind: rule.kind, priority: priorityOf(rule), confidence };
}

function judgeClient(
  client: Client,
  compiled: readonly CompiledRule[],
  idle: ReadonlySet<string>,
  config: RulesConfig,
): Judgement {
  const facts = factsOf(client);
  const matching = compiled.filter(({ holds }) => holds(facts));
  const bans = matching.filter(({ rule }) => rule.kind === 'blacklist' && rule.is_active);
  const own = ownPair(client, config);
  const wishes = matching.filter(({ rule }) => rule.kind !== 'blacklist');
  const judge = <C extends Candidate>(candidate: C, active: boolean): C => {
    judgeCandidate(candidate, active, bans, idle, config.inactive_territories);
    return candidate;
  };
  const places = wishes.flatMap(({ rule, ranked }) => {
    const { territory, advisor } = rule.effect;
    if (territory === undefined) return [];
    return [judge(candidateOf('PRIMARY', ranked, resolved(territory, own), advisor ?? null), rule.is_active)];
  });
  places.push(judge(candidateOf('PRIMARY', defaultRule(client, config), own, null), true));
  const primary = firstPlace(places, config);
  const advisors = wishes.flatMap(({ rule, ranked }) => {
    const { territory, advisor } = rule.effect;
    if (advisor === undefined) return [];
    const pair = territory === undefined ? null : resolved(territory, own);
    const candidate = judge(candidateOf('ADVISOR', ranked, null, advisor), rule.is_active);
    if (candidate.reason === '' && pair !== null && !samePair(pair, primary.pair)) candidate.reason = 'OTHER_TERRITORY';
    return [candidate];
  });
  const named = winner(advisors)?.advisor ?? null;
  const secondaries = secondaryCandidates(wishes, own, judge);
  const barredAdvisors = new Set(bans.flatMap(({ rule }) => rule.effect.advisor ?? []));
  const stated = client.primary_advisor_email?.toLowerCase() ?? null;
  const statedMay = stated !== null && !barredAdvisors.has(stated) && !idle.has(stated);
  return {
    client,
    primary,
    requestedAdvisor: named ?? (statedMay ? stated : null),
    // A whitelist that names an advisor beats the ban.
    barredAdvisors: named === null ? barredAdvisors : barredAdvisors.difference(new Set([named])),
    bans,
    secondaries: distinctTerritories(secondaries, primary.pair),
    candidates: [...places, ...advisors, ...secondaries],
  };
}

function defaultRule(client: Client, { default_rule }: RulesConfig): RankedRule {
  const known = [client.region, client.segment].filter((name) => name !== null).length;
  const confidence = ['0.00', '50.00', '100.00'][known] ?? '0.00';
  return { id: default_rule.id, version: default_rule.version, kind: 'default', priority: defaultPriority, confidence };
}

export function ownPair(
  client: Pick<Client, 'region' | 'segment'>,
  { default_rule: { unplaced } }: Pick<RulesConfig, 'default_rule'>,
): TerritoryPair {
  return { region: client.region ?? unplaced.region, segment: client.segment ?? unplaced.segment };
}

function resolved(reference: TerritoryReference, own: TerritoryPair): TerritoryPair {
  return { region: reference.region ?? own.region, segment: reference.segment ?? own.segment };
}

function firstPlace(places: PlacedCandidate[], { default_rule }: RulesConfig): PlacedCandidate {
  const found = winner(places);
  if (found !== undefined) return found;
  const { id, version, unplaced } = default_rule;
  const rule: RankedRule = { id, version, kind: 'default', priority: defaultPriority + 1, confidence: '0.00' };
  const last = {
    ...candidateOf('PRIMARY', rule, unplaced, null),
    won: true,
    reason: 'WON',
    conflict: 'NO_TERRITORY_LEFT',
  };
  places.push(last);
  return last;
}

function secondaryCandidates(
  wishes: readonly CompiledRule[],
  own: TerritoryPair,
  judge: <C extends Candidate>(candidate: C, active: boolean) => C,
): PlacedCandidate[] {
  return wishes.flatMap(({ rule, ranked }) =>
    (rule.effect.secondary ?? []).map(({ territory, advisor }) => {
      return judge(candidateOf('SECONDARY', ranked, resolved(territory, own), advisor ?? null), rule.is_active);
    }),
  );
}
