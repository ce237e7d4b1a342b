import {
  type Advisor,
  type CapacityConfig,
  type Incumbency,
  type Placement,
  placeClients,
} from './advisor-capacity.ts';
import type {
  Assignment,
  AssignmentChange,
  AssignmentDecision,
  AssignmentType,
  CapacityAlert,
  CurrentAssignment,
} from './assignment.ts';
import { assignmentsBefore, foldAssignments } from './assignment-history.ts';
import { capacityAlerts } from './capacity-alerts.ts';
import type { Client } from './client-priority.ts';
import { type Judgement, judgeClients, type RulesConfig } from './judge-clients.ts';
import { parentTerritories } from './parent-territory.ts';
import type { Candidate, PlacedCandidate } from './rule-candidate.ts';
import type { TerritoriesConfig } from './territories-config.ts';
import { pairKey, type Territory, type TerritoryPair } from './territory-codes.ts';
import { textOrder } from './text-order.ts';

export type AssignConfig = RulesConfig & CapacityConfig & Pick<TerritoriesConfig, 'parent_rule'>;

export interface Assigned {
  /** `gold.assignments_fact`, with history. */
  readonly assignments: Assignment[];
  /** `gold.assignment_decision`, by client and rank. */
  readonly decisions: AssignmentDecision[];
  /** `gold.assignment_change`, against the day before. */
  readonly changes: AssignmentChange[];
  /** `gold.capacity_alert` */
  readonly alerts: CapacityAlert[];
  readonly advisors: ReadonlyMap<string, Advisor>;
}

/** The active current clients of `gold.client_dim`, judged by the rules; sorted by client_key, so that their order is no input. */
export function judgeActiveClients(clients: readonly Client[], config: RulesConfig): Judgement[] {
  const active = clients.filter((client) => client.is_current && client.is_active);
  return judgeClients(
    active.toSorted((a, b) => textOrder(a.client_key, b.client_key)),
    config,
  );
}

/**
 * Assigns territories and advisors. Input: judgements (see judgeActiveClients), rows of `gold.territory_dim` with every pair that a
 * candidate names (see territory-pairs.ts), rows of `gold.assignments_fact` as published before. Every judged client gets exactly one current
 * PRIMARY, and SECONDARY rows in other territories. Columns of the output stand in assignment.ts.
 */
export function assign(
  judgements: readonly Judgement[],
  territories: readonly Territory[],
  previous: readonly Assignment[],
  config: AssignConfig,
  asOf: string,
): Assigned {
  const idOf = territoryIds(territories);
  const before = assignmentsBefore(previous, asOf);
  const { placements, advisors } = placeClients(judgements, incumbencies(before, territories), config);
  const parents =
    config.parent_rule === undefined
      ? []
      : parentTerritories(judgements, placements, config.parent_rule, config.inactive_territories);
  const current: CurrentAssignment[] = [];
  const decisions: AssignmentDecision[] = [];
  for (const [index, judgement] of judgements.entries()) {
    const parent = parents[index] ?? null;
    const { client_key } = judgement.client;
    const placement = placements[index] ?? { advisor: null, status: 'NO_ADVISOR' };
    current.push(row(client_key, 'PRIMARY', judgement.primary, placement, judgement.requestedAdvisor, idOf));
    for (const winner of [...judgement.secondaries, ...(parent?.won ? [parent] : [])]) {
      const overlay: Placement = {
        advisor: winner.advisor,
        status: winner.advisor === null ? 'NO_ADVISOR' : 'ASSIGNED',
      };
      current.push(row(client_key, 'SECONDARY', winner, overlay, winner.advisor, idOf));
    }
    const candidates = parent === null ? judgement.candidates : [...judgement.candidates, parent];
    decisions.push(...candidates.map((candidate, place) => decision(client_key, candidate, place + 1, idOf)));
  }
  const alerts = capacityAlerts(current, advisors, asOf);
  return { ...foldAssignments(before, current, asOf), decisions, alerts, advisors };
}

type IdOf = (pair: TerritoryPair) => string;

function territoryIds(territories: readonly Territory[]): IdOf {
  const ids = new Map(territories.map((territory) => [pairKey(territory), territory.territory_id]));
  return (pair) => {
    const id = ids.get(pairKey(pair));
    if (id === undefined) throw new RangeError(`no territory was issued for ${pair.region}, ${pair.segment}`);
    return id;
  };
}

function incumbencies(before: readonly Assignment[], territories: readonly Territory[]): Map<string, Incumbency> {
  const pairs = new Map(territories.map((territory) => [territory.territory_id, territory]));
  const found = new Map<string, Incumbency>();
  for (const old of before) {
    const pair = pairs.get(old.territory_id);
    if (!old.is_current || old.assignment_type !== 'PRIMARY' || pair === undefined) continue;
    const { primary_advisor_email: advisor, requested_advisor_email: requestedAdvisor } = old;
    found.set(old.client_key, { pair, advisor, requestedAdvisor });
  }
  return found;
}

function row(
  client_key: string,
  assignment_type: AssignmentType,
  { rule, pair }: PlacedCandidate,
  placement: Placement,
  requested_advisor_email: string | null,
  idOf: IdOf,
): CurrentAssignment {
  return {
    client_key,
    territory_id: idOf(pair),
    primary_advisor_email: placement.advisor,
    assignment_type,
    assigned_by_rule: rule.id,
    rule_version: rule.version,
    confidence: rule.confidence,
    status: placement.status,
    requested_advisor_email,
  };
}

function decision(client_key: string, candidate: Candidate, rank: number, idOf: IdOf): AssignmentDecision {
  const { decision: kind, rule, pair, advisor, won, reason, conflict } = candidate;
  return {
    client_key,
    decision: kind,
    rank,
    rule_id: rule.id,
    rule_version: rule.version,
    rule_kind: rule.kind,
    priority: rule.priority,
    territory_id: pair === null ? null : idOf(pair),
    advisor_email: advisor,
    is_winner: won,
    reason,
    conflict,
  };
}
