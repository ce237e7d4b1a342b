import type { Collection } from '../collection.ts';
import { cents, jsonObject, jsonRows, keyOf } from '../json-sql.ts';

const none: Collection['documents'] = {};

export const territories: Collection = {
  name: 'territory',
  reads: ['gold.territory_dim', 'gold.territory_summary', 'gold.assignment_change'],
  ranked: 'select territory_id as key, row_number() over (order by territory_id) as rank from gold.territory_dim',
  columns: {
    territory_id: 'text',
    region: 'text',
    segment: 'text',
    clients: 'integer',
    clients_without_advisor: 'integer',
    revenue: 'cents',
    changes: 'integer',
    search: 'search',
  },
  territories: ['territory_id'],
  rows: `select r.rank, r.key, t.territory_id, t.region, t.segment, coalesce(s.clients, 0), coalesce(s.clients_without_advisor, 0),
    ${cents('s.revenue')}, coalesce(changes.n, 0), t.territory_id || ' ' || t.region || ' ' || t.segment,
    ${jsonObject({
      territory_id: ['t.territory_id', 'text'],
      region: ['t.region', 'text'],
      segment: ['t.segment', 'text'],
      owner_role: ['t.owner_role', 'text'],
      is_active: ['t.is_active', 'flag'],
      issued_on: ['t.issued_on', 'day'],
      clients: ['coalesce(s.clients, 0)', 'number'],
      secondary_clients: ['coalesce(s.secondary_clients, 0)', 'number'],
      advisors: ['coalesce(s.advisors, 0)', 'number'],
      clients_without_advisor: ['coalesce(s.clients_without_advisor, 0)', 'number'],
      segment_distribution: ['s.segment_distribution', 'text'],
      priority_a_clients: ['coalesce(s.priority_a_clients, 0)', 'number'],
      priority_b_clients: ['coalesce(s.priority_b_clients, 0)', 'number'],
      priority_c_clients: ['coalesce(s.priority_c_clients, 0)', 'number'],
      revenue: ['s.revenue', 'number'],
      changes: ['coalesce(changes.n, 0)', 'number'],
    })} as body
  from {ranked} as r
  join gold.territory_dim as t on t.territory_id = r.key
  left join gold.territory_summary as s on s.territory_id = r.key
  left join (select territory_id, count(*) as n from gold.assignment_change group by 1) as changes on changes.territory_id = r.key`,
  documents: none,
};

const advisorTerritories = "string_split(nullif(w.territories, ''), ', ')";
export const advisors: Collection = {
  name: 'advisor',
  reads: ['gold.advisor_workload'],
  ranked:
    'select advisor as key, row_number() over (order by utilisation desc nulls last, clients desc, advisor) as rank from gold.advisor_workload',
  columns: {
    advisor: 'text',
    clients: 'integer',
    utilisation: 'cents',
    level: 'text',
    territories: 'list',
    search: 'search',
  },
  territories: ['territories'],
  rows: `select r.rank, r.key, w.advisor, w.clients, ${cents('w.utilisation')}, w.level,
    '|' || array_to_string(${advisorTerritories}, '|') || '|', w.advisor,
    ${jsonObject({
      advisor: ['w.advisor', 'text'],
      territories: [`coalesce(cast(to_json(${advisorTerritories}) as varchar), '[]')`, 'json'],
      clients: ['w.clients', 'number'],
      capacity: ['w.capacity', 'number'],
      utilisation: ['w.utilisation', 'number'],
      level: ['w.level', 'text'],
    })} as body
  from {ranked} as r join gold.advisor_workload as w on w.advisor = r.key`,
  documents: none,
};

const changeKey = keyOf(['client_key', 'assignment_type', 'territory_id']);
export const assignmentChanges: Collection = {
  name: 'assignment_change',
  reads: ['gold.assignment_change', 'gold.client_dim'],
  ranked: `select ${changeKey} as key, row_number() over (
    order by case change_type when 'CHANGED' then 1 when 'REMOVED' then 2 else 3 end, territory_id, client_key, assignment_type) as rank
  from gold.assignment_change`,
  columns: {
    client_name: 'text',
    change_type: 'text',
    assignment_type: 'text',
    territory_id: 'text',
    old_territory_id: 'text',
    new_territory_id: 'text',
    search: 'search',
  },
  territories: ['territory_id', 'old_territory_id', 'new_territory_id'],
  rows: `select r.rank, r.key, client.client_name, c.change_type, c.assignment_type, c.territory_id, c.old_territory_id, c.new_territory_id,
    c.client_key || ' ' || coalesce(client.client_name, ''),
    ${jsonObject({
      client_key: ['c.client_key', 'text'],
      client_name: ['client.client_name', 'text'],
      is_account: ["coalesce(client.source_system = 'salesforce', false)", 'flag'],
      assignment_type: ['c.assignment_type', 'text'],
      territory_id: ['c.territory_id', 'text'],
      change_type: ['c.change_type', 'text'],
      old_territory_id: ['c.old_territory_id', 'text'],
      new_territory_id: ['c.new_territory_id', 'text'],
      old_advisor_email: ['c.old_advisor_email', 'text'],
      new_advisor_email: ['c.new_advisor_email', 'text'],
      assigned_by_rule: ['c.assigned_by_rule', 'text'],
      changed_on: ['c.changed_on', 'day'],
    })} as body
  from {ranked} as r
  join (select *, ${changeKey} as key from gold.assignment_change) as c on c.key = r.key
  left join (select client_key, client_name, source_system from gold.client_dim where is_current) as client on client.client_key = c.client_key`,
  documents: none,
};

export const capacityAlerts: Collection = {
  name: 'capacity_alert',
  reads: ['gold.capacity_alert'],
  ranked: `select ${keyOf(['alert_type', 'subject'])} as key, row_number() over (order by clients desc, alert_type, subject) as rank from gold.capacity_alert`,
  columns: { territory_id: 'text', alert_type: 'text' },
  territories: ['territory_id'],
  rows: `select r.rank, r.key, c.territory_id, c.alert_type,
    ${jsonObject(
      {
        alert_type: 'text',
        subject: 'text',
        territory_id: 'text',
        advisor_email: 'text',
        clients: 'number',
        capacity: 'number',
        message: 'text',
        raised_on: 'day',
      },
      'c',
    )} as body
  from {ranked} as r join gold.capacity_alert as c on ${keyOf(['c.alert_type', 'c.subject'])} = r.key`,
  documents: none,
};

/** The pair as JSON, also of a client's history. */
export function duplicateBody(from: string): string {
  return jsonObject(
    {
      client_key_a: 'text',
      client_key_b: 'text',
      client_name_a: 'text',
      client_name_b: 'text',
      similarity: 'number',
      level: 'text',
      suggested_keep: 'text',
      suggested_merge: 'text',
    },
    from,
  );
}

export const clientDuplicates: Collection = {
  name: 'client_duplicate',
  reads: ['gold.client_duplicate', 'gold.assignments_fact'],
  ranked: `select ${keyOf(['client_key_a', 'client_key_b'])} as key,
    row_number() over (order by similarity desc, client_name_a, client_key_a, client_key_b) as rank from gold.client_duplicate`,
  columns: {
    client_name_a: 'text',
    similarity: 'cents',
    level: 'text',
    territory_a: 'text',
    territory_b: 'text',
    search: 'search',
  },
  territories: ['territory_a', 'territory_b'],
  rows: `select r.rank, r.key, d.client_name_a, ${cents('d.similarity')}, d.level, a.territory_id, b.territory_id,
    d.client_key_a || ' ' || d.client_key_b || ' ' || d.client_name_a || ' ' || d.client_name_b, ${duplicateBody('d')} as body
  from {ranked} as r
  join gold.client_duplicate as d on ${keyOf(['d.client_key_a', 'd.client_key_b'])} = r.key
  left join (select client_key, territory_id from gold.assignments_fact where is_current and assignment_type = 'PRIMARY') as a
    on a.client_key = d.client_key_a
  left join (select client_key, territory_id from gold.assignments_fact where is_current and assignment_type = 'PRIMARY') as b
    on b.client_key = d.client_key_b`,
  documents: none,
};

/** A list of rows by client, of the ranked clients only, for the history. */
export function byClient(table: string, columns: string, order: readonly string[]): string {
  return `select c.client_key, ${jsonRows(columns, order)} as rows from ${table} as c
    where c.client_key in (select key from {ranked}) group by c.client_key`;
}
