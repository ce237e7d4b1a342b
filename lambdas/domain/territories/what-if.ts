import type { Assignment, AssignmentChange, CapacityAlert } from './assignment.ts';
import type { TerritoriesConfig } from './territories-config.ts';
import type { Territory } from './territory-codes.ts';
import { type StarInput, territoryStar } from './territory-star.ts';
import type { AdvisorWorkload } from './workload.ts';

/** What another configuration would make of the clients as they are. */
export interface WhatIf {
  /** Active clients that were judged. */
  readonly clients: number;
  /** Differences from the assignments as published, by client. */
  readonly changes: AssignmentChange[];
  /** Territories that would be issued. */
  readonly newTerritories: Territory[];
  readonly alerts: CapacityAlert[];
  readonly workload: AdvisorWorkload[];
}

/**
 * Assigns the published clients by another configuration, everybody who looks after a client now being an incumbent, and tells what
 * would change on `asOf`. `sources` of the configuration are not looked at: they decide who is a client, not where one belongs.
 */
export function whatIfTerritories(input: StarInput, config: TerritoriesConfig, asOf: string): WhatIf {
  const star = territoryStar({ ...input, assignments: standing(input.assignments) }, config, asOf);
  const issued = new Set(input.territories.map(({ territory_id }) => territory_id));
  return {
    clients: star.clients.filter(({ is_current, is_active }) => is_current && is_active).length,
    changes: star.changes,
    newTerritories: star.territories.filter(({ territory_id }) => !issued.has(territory_id)),
    alerts: star.alerts,
    workload: star.workload,
  };
}

/** Assignments in force, as if they had begun long ago: what began on the day itself would otherwise be taken back. */
function standing(assignments: readonly Assignment[]): Assignment[] {
  return assignments.filter(({ is_current }) => is_current).map((row) => ({ ...row, effective_from: '0001-01-01' }));
}
