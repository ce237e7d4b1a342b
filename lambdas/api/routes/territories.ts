import { z } from 'zod';
import {
  advisorRowSchema,
  assignmentChangeSchema,
  capacityAlertSchema,
  clientDuplicateSchema,
  clientRowSchema,
  territoryRowSchema,
} from '../contract/territories.ts';
import type { ServedPosition } from '../../ports/serving-store.ts';
import { ApiProblem } from '../http/problems.ts';
import { type Route, type RouteRequest, sourceOf } from '../route.ts';
import { anyOf, equal, listRoute, yesNo } from './list-route.ts';

export const listTerritories = listRoute({
  collection: 'territory',
  filters: { region: equal('region'), segment: equal('segment') },
  facets: ['region', 'segment'],
  csv: { name: 'territories', row: territoryRowSchema },
});

export const listAdvisors = listRoute({
  collection: 'advisor',
  filters: { territory_id: equal('territories'), level: anyOf('level') },
  facets: ['level', 'territories'],
  csv: { name: 'advisors', row: advisorRowSchema },
});

export const listAssignmentChanges = listRoute({
  collection: 'assignment_change',
  filters: {
    change_type: anyOf('change_type'),
    assignment_type: anyOf('assignment_type'),
    territory_id: equal('territory_id'),
  },
  facets: ['change_type', 'assignment_type', 'territory_id'],
  csv: { name: 'assignment-changes', row: assignmentChangeSchema },
});

export const listClientDuplicates = listRoute({
  collection: 'client_duplicate',
  filters: { level: anyOf('level') },
  facets: ['level'],
  csv: { name: 'client-duplicates', row: clientDuplicateSchema },
});

export const listClients = listRoute({
  collection: 'client',
  filters: {
    territory_id: equal('territory_id'),
    advisor_email: equal('advisor_email'),
    source_system: anyOf('source_system'),
    status: anyOf('status'),
    is_active: yesNo('is_active'),
  },
  facets: ['territory_id', 'advisor_email', 'source_system', 'status', 'segment'],
  csv: { name: 'clients', row: clientRowSchema },
});

/** Rows that are read at a time. */
const step = 1_000;

function rowsOf(request: RouteRequest, collection: string, territory: string | null): unknown[] {
  const filters =
    territory === null ? [] : [{ column: collection === 'advisor' ? 'territories' : 'territory_id', any: [territory] }];
  const { territories } = request.principal;
  const query = { collection, filters, territories, search: null, sort: null, limit: step };
  const rows: string[] = [];
  for (let after: ServedPosition | null | undefined; after !== null; ) {
    const page = request.snapshot().list({ ...query, after: after ?? null });
    rows.push(...page.rows);
    after = page.next;
  }
  return rows.map((row) => JSON.parse(row) as unknown);
}

export const listCapacityAlerts: Route = {
  version: () => '',
  answer: (request) => {
    const data = z.array(capacityAlertSchema).parse(rowsOf(request, 'capacity_alert', null));
    return { body: JSON.stringify({ data, source: sourceOf(request.snapshot()) }) };
  },
};

export const getTerritory: Route = {
  version: () => '',
  answer: (request) => {
    const id = request.parameters.id ?? '';
    const snapshot = request.snapshot();
    const { territories } = request.principal;
    const text = snapshot.get('territory', id, 'row', territories);
    if (text === null) throw new ApiProblem('not-found', 'There is no such territory, or it is not yours.');
    const changes = snapshot.totals({
      collection: 'assignment_change',
      filters: [{ column: 'territory_id', any: [id] }],
      territories,
      search: null,
      groupBy: 'change_type',
      sums: [],
    });
    const countOf = (type: string) => changes.find(({ value }) => value === type)?.count ?? 0;
    const body = {
      territory: JSON.parse(text) as unknown,
      advisors: rowsOf(request, 'advisor', id),
      alerts: rowsOf(request, 'capacity_alert', id),
      changes_by_type: { NEW: countOf('NEW'), CHANGED: countOf('CHANGED'), REMOVED: countOf('REMOVED') },
      source: sourceOf(snapshot),
    };
    return { body: JSON.stringify(body) };
  },
};

export const getClientHistory: Route = {
  version: () => '',
  answer: (request) => {
    const id = request.parameters.id ?? '';
    const snapshot = request.snapshot();
    const { territories } = request.principal;
    const row = snapshot.get('client', id, 'row', territories);
    if (row === null) throw new ApiProblem('not-found', 'There is no such client, or not among yours.');
    const history = snapshot.get('client', id, 'history', territories) ?? '{}';
    const source = JSON.stringify(sourceOf(snapshot));
    return { body: `{"client":${row},${history.slice(1, -1)},"source":${source}}` };
  },
};
