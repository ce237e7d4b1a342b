import { assign, type Assigned, judgeActiveClients } from './assign.ts';
import type { Assignment } from './assignment.ts';
import { applyMerges } from './client-merges.ts';
import { type Client, withPriority } from './client-priority.ts';
import type { ClientVersion } from './client-version.ts';
import type { TerritoriesConfig } from './territories-config.ts';
import { issueTerritories, type Territory } from './territory-codes.ts';
import { pairsInOrder } from './territory-pairs.ts';
import { type AdvisorWorkload, advisorWorkload, type TerritorySummary, territorySummary } from './workload.ts';

export interface StarInput {
  /** The history as the sources tell it: output of foldClientSources. */
  readonly versions: readonly ClientVersion[];
  /** `gold.territory_dim` as published before; empty at first. */
  readonly territories: readonly Territory[];
  /** `gold.assignments_fact` as published before; empty at first. */
  readonly assignments: readonly Assignment[];
}

export interface TerritoryStar extends Omit<Assigned, 'advisors'> {
  /** `gold.client_dim` */
  readonly clients: Client[];
  /** `gold.territory_dim` */
  readonly territories: Territory[];
  /** `gold.advisor_workload` */
  readonly workload: AdvisorWorkload[];
  /** `gold.territory_summary` */
  readonly summary: TerritorySummary[];
}

/** All tables of the territory star but the duplicates, from the clients' history, what was published before, and the rules. */
export function territoryStar(input: StarInput, config: TerritoriesConfig, asOf: string): TerritoryStar {
  const clients = withPriority(applyMerges(input.versions, config.merges, asOf), config);
  const judgements = judgeActiveClients(clients, config);
  const pairs = pairsInOrder(clients, judgements, config);
  const territories = issueTerritories(input.territories, pairs, config, asOf);
  const { advisors, ...assigned } = assign(judgements, territories, input.assignments, config, asOf);
  return {
    ...assigned,
    clients,
    territories,
    workload: advisorWorkload(assigned.assignments, advisors),
    summary: territorySummary(territories, assigned.assignments, clients),
  };
}
