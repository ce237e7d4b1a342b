import type { Advisor } from './advisor-capacity.ts';
import type { Assignment } from './assignment.ts';
import type { Client } from './client-priority.ts';
import { decimalText, hundredths, percentText } from '../hundredths.ts';
import type { Territory } from './territory-codes.ts';
import { textOrder } from './text-order.ts';

/** A row of `gold.advisor_workload`. */
export interface AdvisorWorkload {
  readonly advisor: string;
  /** Ids of the territories with the advisor's PRIMARY clients, comma-separated, sorted. */
  readonly territories: string;
  /** Active PRIMARY clients. */
  readonly clients: number;
  readonly capacity: number;
  /** Percent, decimal text with two places; null for a capacity of 0. */
  readonly utilisation: string | null;
  /** High from 90.00 on, Medium from 60.00, else Low; a capacity of 0 is High with any client. */
  readonly level: 'High' | 'Medium' | 'Low';
}

/** `gold.advisor_workload`: one row per advisor who is declared (and works), asked for or assigned; from assign()'s output. */
export function advisorWorkload(
  assignments: readonly Assignment[],
  advisors: ReadonlyMap<string, Advisor>,
): AdvisorWorkload[] {
  const territories = new Map<string, Set<string>>();
  for (const { primary_advisor_email: email, territory_id } of primaries(assignments)) {
    if (email !== null) territories.set(email, (territories.get(email) ?? new Set()).add(territory_id));
  }
  return [...advisors.values()]
    .toSorted((a, b) => textOrder(a.email, b.email))
    .map(({ email, clients, capacity }) => {
      const utilisation = percentText(clients, capacity);
      const served = [...(territories.get(email) ?? [])].toSorted(textOrder).join(', ');
      return {
        advisor: email,
        territories: served,
        clients,
        capacity,
        utilisation,
        level: level(utilisation, clients),
      };
    });
}

function level(utilisation: string | null, clients: number): AdvisorWorkload['level'] {
  if (utilisation === null) return clients > 0 ? 'High' : 'Low';
  const value = hundredths(utilisation);
  return value >= 9_000n ? 'High' : value >= 6_000n ? 'Medium' : 'Low';
}

/** A row of `gold.territory_summary`. */
export interface TerritorySummary {
  readonly territory_id: string;
  /** Clients whose PRIMARY it is. */
  readonly clients: number;
  /** Clients for whom it is a SECONDARY territory. */
  readonly secondary_clients: number;
  readonly advisors: number;
  readonly clients_without_advisor: number;
  /** The clients' own segments: `Institutional: 12, Retail: 3`, by name; `(none)` for a missing one. */
  readonly segment_distribution: string;
  readonly priority_a_clients: number;
  readonly priority_b_clients: number;
  readonly priority_c_clients: number;
  /** Sum of the clients' annual_revenue, USD, decimal text; null where no client has one. */
  readonly revenue: string | null;
}

/** `gold.territory_summary`: one row per row of `gold.territory_dim`, over the current assignments. */
export function territorySummary(
  territories: readonly Territory[],
  assignments: readonly Assignment[],
  clients: readonly Client[],
): TerritorySummary[] {
  const current = new Map(clients.filter(({ is_current }) => is_current).map((client) => [client.client_key, client]));
  const byTerritory = Map.groupBy(primaries(assignments), ({ territory_id }) => territory_id);
  const overlays = Map.groupBy(
    assignments.filter((row) => row.is_current && row.assignment_type === 'SECONDARY'),
    ({ territory_id }) => territory_id,
  );
  return territories
    .toSorted((a, b) => textOrder(a.territory_id, b.territory_id))
    .map(({ territory_id }) => {
      const rows = byTerritory.get(territory_id) ?? [];
      const members = rows.flatMap(({ client_key }) => current.get(client_key) ?? []);
      const advisors = rows.map(({ primary_advisor_email }) => primary_advisor_email).filter((email) => email !== null);
      const priority = (name: string) => members.filter(({ client_priority }) => client_priority === name).length;
      const revenues = members.flatMap(({ annual_revenue }) => annual_revenue ?? []);
      return {
        territory_id,
        clients: rows.length,
        secondary_clients: overlays.get(territory_id)?.length ?? 0,
        advisors: new Set(advisors).size,
        clients_without_advisor: rows.length - advisors.length,
        segment_distribution: distribution(members.map(({ segment }) => segment ?? '(none)')),
        priority_a_clients: priority('A'),
        priority_b_clients: priority('B'),
        priority_c_clients: priority('C'),
        revenue:
          revenues.length === 0 ? null : decimalText(revenues.reduce((sum, revenue) => sum + hundredths(revenue), 0n)),
      };
    });
}

function primaries(assignments: readonly Assignment[]): Assignment[] {
  return assignments.filter((row) => row.is_current && row.assignment_type === 'PRIMARY');
}

function distribution(names: readonly string[]): string {
  return [...Map.groupBy(names, (name) => name)]
    .toSorted(([a], [b]) => textOrder(a, b))
    .map(([name, members]) => `${name}: ${members.length}`)
    .join(', ');
}
