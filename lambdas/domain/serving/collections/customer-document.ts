import type { TableName } from '../../table.ts';
import { greatestFirst, jsonArray, type JsonKind, jsonObject, jsonRows } from '../json-sql.ts';
import { type MetricName, metricNames, scoreInputNames, scoreInputs } from '../metric-names.ts';

export const customerDocumentReads: readonly TableName[] = [
  'gold.customer_360_metrics',
  'gold.master_360_metrics',
  'gold.master_account',
  'gold.master_account_member',
  'gold.account_link',
  'gold.account_orders',
  'gold.assignments_fact',
  'gold.territory_dim',
  'gold.customer_health_history',
  'silver.account',
  'silver.account_profile',
  'silver.crm_user',
  'silver.customer_360_support',
  'silver.customer_360_usage',
  'silver.customer_360_payment',
  'silver.customer_360_engagement',
  'silver.customer_360_invoice',
];

const texts: readonly MetricName[] = ['health_status', 'churn_risk_level'];
const metricsOf = (table: string) =>
  jsonArray(
    metricNames.map((name): [string, JsonKind] => [`${table}.${name}`, texts.includes(name) ? 'text' : 'number']),
  );

const account = jsonObject({
  account_id: ['m.account_id', 'text'],
  account_name: ['m.account_name', 'text'],
  type: ['account.type', 'text'],
  industry: ['m.industry', 'text'],
  customer_segment: ['m.customer_segment', 'text'],
  region: ['m.region', 'text'],
  country: ["coalesce(p.country, 'UNKNOWN')", 'text'],
  state: ["coalesce(p.state, 'UNKNOWN')", 'text'],
  city: ['account.billing_city', 'text'],
  website: ['account.website', 'text'],
  account_status: ['account.account_status', 'text'],
  parent_id: ['account.parent_id', 'text'],
  created_on: ['cast(account.created_date as date)', 'day'],
  owner_name: ["nullif(trim(coalesce(u.first_name, '') || ' ' || coalesce(u.last_name, '')), '')", 'text'],
  owner_email: ['u.email', 'text'],
});

const territory = jsonObject({
  territory_id: ['own.territory_id', 'text'],
  region: ['t.region', 'text'],
  segment: ['t.segment', 'text'],
  advisor_email: ['own.primary_advisor_email', 'text'],
  status: ['own.status', 'text'],
  assigned_by_rule: ['own.assigned_by_rule', 'text'],
  secondary_territories: ["coalesce(secondary.territories, '[]')", 'json'],
});

const orders = jsonObject({
  order_count: ['orders.order_count', 'number'],
  order_amount: ['coalesce(orders.order_amount, 0)', 'number'],
  crm_revenue: ['orders.crm_revenue', 'number'],
  first_order_date: ['orders.first_order_date', 'day'],
  last_order_date: ['orders.last_order_date', 'day'],
});

const company = jsonObject({
  master_account_id: ['master.master_account_id', 'text'],
  name: ['master.name', 'text'],
  account_count: ['master.account_count', 'number'],
  link_confidence: ['master.link_confidence', 'number'],
  report: ['master.report', 'text'],
});

const member = jsonObject({
  account_id: ['each.account_id', 'text'],
  account_name: ['each_metrics.account_name', 'text'],
  region: ['each_metrics.region', 'text'],
  annual_revenue: ['each_metrics.annual_revenue', 'number'],
  link_confidence: ['each.link_confidence', 'number'],
});

const link = jsonObject({
  account_id: ['link.other', 'text'],
  account_name: ['other.account_name', 'text'],
  region: ['other.region', 'text'],
  annual_revenue: ['other.annual_revenue', 'number'],
  rule: ['link.rule', 'text'],
  similarity: ['link.similarity', 'number'],
  same_parent: ['link.same_parent', 'flag'],
  shared_contact: ['link.shared_contact', 'flag'],
  confidence: ['link.confidence', 'number'],
  merge_status: ['link.merge_status', 'text'],
  merge_reason: ['link.merge_reason', 'text'],
  is_duplicate_suspect: ['link.is_duplicate_suspect', 'flag'],
  evidence: ['link.evidence', 'json'],
});

const history = jsonArray([
  ['h.as_of', 'day'],
  ['h.health_score', 'number'],
  ['h.health_status', 'text'],
  ['h.churn_risk_score', 'number'],
  ['h.churn_risk_level', 'text'],
]);

/** Of a company with one account the figures and members are those of the account, and are not stored again. */
const document = jsonObject({
  account: [account, 'json'],
  territory: [`case when own.client_key is not null then ${territory} end`, 'json'],
  metrics: [metricsOf('m'), 'json'],
  inputs: [jsonArray(scoreInputNames.map((name) => [scoreInputs[name].sql, 'number'])), 'json'],
  history: ["coalesce(history.rows, '[]')", 'json'],
  orders: [`case when orders.account_id is not null then ${orders} end`, 'json'],
  company: [company, 'json'],
  company_metrics: [`case when master.account_count > 1 then ${metricsOf('company')} end`, 'json'],
  members: ['members.rows', 'json'],
  linked_accounts: ["coalesce(links.rows, '[]')", 'json'],
});

/** One JSON object an account, as `CustomerRecord` in customer-record.ts reads it. */
export const customerDocument = `select r.rank, ${document} as body
from {ranked} as r
join gold.customer_360_metrics as m on m.account_id = r.key
left join silver.account as account on account.account_id = r.key
left join silver.account_profile as p on p.account_id = r.key
left join silver.crm_user as u on u.user_id = account.owner_id
left join (select * from gold.assignments_fact where is_current and assignment_type = 'PRIMARY') as own on own.client_key = r.key
left join gold.territory_dim as t on t.territory_id = own.territory_id
left join (
  select client_key, ${jsonRows(`'"' || territory_id || '"'`, ['territory_id'])} as territories from gold.assignments_fact
  where is_current and assignment_type = 'SECONDARY' and client_key in (select key from {ranked}) group by client_key
) as secondary on secondary.client_key = r.key
left join silver.customer_360_support as support on support.subject_id = r.key
left join silver.customer_360_usage as usage on usage.subject_id = r.key
left join silver.customer_360_payment as payment on payment.subject_id = r.key
left join silver.customer_360_engagement as engagement on engagement.subject_id = r.key
left join (
  select account_id, count(*) as invoices_due, cast(sum(amount_cents) * 0.01 as decimal(18,2)) as amount_due,
    cast(sum(amount_cents - paid_cents) * 0.01 as decimal(18,2)) as amount_unpaid
  from silver.customer_360_invoice where is_in_history and account_id in (select key from {ranked}) group by account_id
) as invoices on invoices.account_id = r.key
left join (
  select h.account_id, ${jsonRows(history, ['h.as_of'])} as rows from gold.customer_health_history as h
  where h.account_id in (select key from {ranked}) group by h.account_id
) as history on history.account_id = r.key
left join gold.account_orders as orders on orders.account_id = r.key
left join gold.master_account_member as membership on membership.account_id = r.key
left join gold.master_account as master on master.master_account_id = membership.master_account_id
left join gold.master_360_metrics as company on company.master_account_id = master.master_account_id
left join (
  select each.master_account_id, ${jsonRows(member, [greatestFirst('each.link_confidence'), 'each.account_id'])} as rows
  from gold.master_account_member as each
  join gold.customer_360_metrics as each_metrics on each_metrics.account_id = each.account_id
  group by each.master_account_id having count(*) > 1
) as members on members.master_account_id = master.master_account_id
left join (
  select link.own, ${jsonRows(link, [greatestFirst('link.confidence'), 'link.other'])} as rows
  from (
    select account_id_a as own, account_id_b as other, * from gold.account_link
    union all
    select account_id_b as own, account_id_a as other, * from gold.account_link
  ) as link
  join gold.customer_360_metrics as other on other.account_id = link.other
  where link.own in (select key from {ranked}) group by link.own
) as links on links.own = r.key
order by r.rank`;
