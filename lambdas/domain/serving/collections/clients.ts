import type { Collection } from '../collection.ts';
import { cents, greatestFirst, jsonObject, newestFirst } from '../json-sql.ts';
import { byClient, duplicateBody } from './territories.ts';

const version = jsonObject(
  {
    effective_from: 'day',
    effective_to: 'day',
    is_current: 'flag',
    change_reason: 'text',
    client_name: 'text',
    region: 'text',
    segment: 'text',
    parent_org: 'text',
    primary_advisor_email: 'text',
    is_active: 'flag',
    annual_revenue: 'number',
    client_priority: 'text',
  },
  'c',
);
const assignment = jsonObject(
  {
    territory_id: 'text',
    assignment_type: 'text',
    primary_advisor_email: 'text',
    requested_advisor_email: 'text',
    is_current: 'flag',
    effective_from: 'day',
    effective_to: 'day',
    assigned_by_rule: 'text',
    rule_version: 'number',
    confidence: 'number',
    status: 'text',
  },
  'c',
);
const decision = jsonObject(
  {
    decision: 'text',
    rule_id: 'text',
    rank: 'number',
    rule_version: 'number',
    rule_kind: 'text',
    priority: 'number',
    territory_id: 'text',
    advisor_email: 'text',
    is_winner: 'flag',
    reason: 'text',
    conflict: 'text',
  },
  'c',
);
const duplicates = `(select client_key_a as client_key, * from gold.client_duplicate
  union all select client_key_b as client_key, * from gold.client_duplicate)`;

const history = `select r.rank, ${jsonObject({
  versions: ["coalesce(versions.rows, '[]')", 'json'],
  assignments: ["coalesce(assignments.rows, '[]')", 'json'],
  decisions: ["coalesce(decisions.rows, '[]')", 'json'],
  duplicates: ["coalesce(duplicates.rows, '[]')", 'json'],
})} as body
from {ranked} as r
left join (${byClient('gold.client_dim', version, ['c.effective_from'])}) as versions on versions.client_key = r.key
left join (${byClient('gold.assignments_fact', assignment, ['not c.is_current', 'c.assignment_type', newestFirst('c.effective_from'), 'c.territory_id'])})
  as assignments on assignments.client_key = r.key
left join (${byClient('gold.assignment_decision', decision, ['c.rank'])}) as decisions on decisions.client_key = r.key
left join (${byClient(duplicates, duplicateBody('c'), [greatestFirst('c.similarity'), 'c.client_key_a', 'c.client_key_b'])})
  as duplicates on duplicates.client_key = r.key
order by r.rank`;

/** Clients of the advisors, the active ones first, by name. */
export const clients: Collection = {
  name: 'client',
  reads: ['gold.client_dim', 'gold.assignments_fact', 'gold.assignment_decision', 'gold.client_duplicate'],
  ranked: `select client_key as key, row_number() over (order by is_active desc, client_name, client_key) as rank
  from gold.client_dim where is_current`,
  columns: {
    client_name: 'text',
    source_system: 'text',
    segment: 'text',
    client_priority: 'text',
    annual_revenue: 'cents',
    is_active: 'flag',
    territory_id: 'text',
    advisor_email: 'text',
    status: 'text',
    effective_from: 'text',
    search: 'search',
  },
  territories: ['territory_id'],
  rows: `select r.rank, r.key, c.client_name, c.source_system, c.segment, c.client_priority, ${cents('c.annual_revenue')}, c.is_active,
    a.territory_id, a.primary_advisor_email, a.status, cast(c.effective_from as varchar), c.client_key || ' ' || coalesce(c.client_name, ''),
    ${jsonObject({
      client_key: ['c.client_key', 'text'],
      client_name: ['c.client_name', 'text'],
      source_system: ['c.source_system', 'text'],
      region: ['c.region', 'text'],
      segment: ['c.segment', 'text'],
      client_priority: ['c.client_priority', 'text'],
      annual_revenue: ['c.annual_revenue', 'number'],
      is_active: ['c.is_active', 'flag'],
      territory_id: ['a.territory_id', 'text'],
      advisor_email: ['a.primary_advisor_email', 'text'],
      status: ['a.status', 'text'],
      assigned_by_rule: ['a.assigned_by_rule', 'text'],
      effective_from: ['c.effective_from', 'day'],
    })} as body
  from {ranked} as r
  join (select * from gold.client_dim where is_current) as c on c.client_key = r.key
  left join (select * from gold.assignments_fact where is_current and assignment_type = 'PRIMARY') as a on a.client_key = r.key`,
  documents: { history: { sql: history, inParts: true } },
};
