import type { Collection } from '../collection.ts';
import { cents, jsonObject } from '../json-sql.ts';

/** Every recommendation, for sums by status and to be found by its id. */
export const recommendations: Collection = {
  name: 'recommendation',
  reads: ['gold.recommendation', 'gold.customer_360_metrics', 'gold.assignments_fact'],
  ranked:
    'select recommendation_id as key, row_number() over (order by recommendation_id) as rank from gold.recommendation',
  columns: {
    account_id: 'text',
    territory_id: 'text',
    status: 'text',
    priority: 'text',
    estimated_impact: 'cents',
    is_closed: 'flag',
  },
  territories: ['territory_id'],
  rows: `select r.rank, r.key, each.account_id, a.territory_id, each.status, each.priority, ${cents('each.estimated_impact')},
    each.closed_on is not null,
    ${jsonObject({
      recommendation_id: ['each.recommendation_id', 'text'],
      account_id: ['each.account_id', 'text'],
      account_name: ['m.account_name', 'text'],
      rule_id: ['each.rule_id', 'text'],
      priority: ['each.priority', 'text'],
      action: ['each.action', 'text'],
      reason: ['each.reason', 'text'],
      expected_outcome: ['each.expected_outcome', 'text'],
      estimated_impact: ['each.estimated_impact', 'number'],
      status: ['each.status', 'text'],
      closed_on: ['each.closed_on', 'day'],
    })} as body
  from {ranked} as r
  join gold.recommendation as each on each.recommendation_id = r.key
  left join gold.customer_360_metrics as m on m.account_id = each.account_id
  left join (select * from gold.assignments_fact where is_current and assignment_type = 'PRIMARY') as a on a.client_key = each.account_id`,
  documents: {},
};
