import type { Collection } from '../collection.ts';
import { cents, jsonObject } from '../json-sql.ts';
import { customerDocument, customerDocumentReads } from './customer-document.ts';
import { alertsDocument, recommendationsDocument, timelineDocument } from './customer-signals.ts';

/** The customers: accounts of the CRM, the one with the greatest annual revenue first. */
export const customers: Collection = {
  name: 'customer',
  reads: [
    ...customerDocumentReads,
    'silver.account_name',
    'gold.customer_health_history',
    'gold.risk_alert',
    'gold.recommendation',
    'gold.customer_timeline',
  ],
  ranked: `select account_id as key, row_number() over (
    order by annual_revenue desc, customer_lifetime_value desc, account_name, account_id) as rank
  from gold.customer_360_metrics`,
  columns: {
    account_id: 'text',
    account_name: 'text',
    industry: 'text',
    customer_segment: 'text',
    region: 'text',
    country: 'text',
    territory_id: 'text',
    advisor_email: 'text',
    master_account_id: 'text',
    health_status: 'text',
    churn_risk_level: 'text',
    annual_revenue: 'cents',
    previous_annual_revenue: 'cents',
    yoy_growth: 'cents',
    arr: 'cents',
    customer_lifetime_value: 'cents',
    pipeline_amount: 'cents',
    overdue_amount: 'cents',
    health_score: 'cents',
    churn_risk_score: 'cents',
    days_to_expiry: 'integer',
    open_alerts: 'integer',
    open_recommendations: 'integer',
    health_status_7: 'text',
    health_status_30: 'text',
    health_score_30: 'cents',
    churn_risk_level_30: 'text',
  },
  territories: ['territory_id'],
  wordIndex: true,
  rows: rowsSql(),
  documents: {
    document: { sql: customerDocument, inParts: true },
    alerts: { sql: alertsDocument, inParts: true },
    recommendations: { sql: recommendationsDocument, inParts: true },
    timeline: { sql: timelineDocument, inParts: true },
  },
};

function rowsSql(): string {
  const body = jsonObject({
    account_id: ['m.account_id', 'text'],
    account_name: ['m.account_name', 'text'],
    industry: ['m.industry', 'text'],
    customer_segment: ['m.customer_segment', 'text'],
    region: ['m.region', 'text'],
    country: ['p.country', 'text'],
    territory_id: ['a.territory_id', 'text'],
    advisor_email: ['a.primary_advisor_email', 'text'],
    owner_name: ["nullif(trim(coalesce(u.first_name, '') || ' ' || coalesce(u.last_name, '')), '')", 'text'],
    master_account_id: ['member.master_account_id', 'text'],
    annual_revenue: ['m.annual_revenue', 'number'],
    yoy_growth: ['m.yoy_growth', 'number'],
    arr: ['m.arr', 'number'],
    customer_lifetime_value: ['m.customer_lifetime_value', 'number'],
    pipeline_amount: ['m.pipeline_amount', 'number'],
    overdue_amount: ['m.overdue_amount', 'number'],
    days_to_expiry: ['m.days_to_expiry', 'number'],
    health_score: ['m.health_score', 'number'],
    health_status: ['m.health_status', 'text'],
    churn_risk_score: ['m.churn_risk_score', 'number'],
    churn_risk_level: ['m.churn_risk_level', 'text'],
    open_alerts: ['coalesce(alerts.n, 0)', 'number'],
    open_recommendations: ['coalesce(recommendations.n, 0)', 'number'],
  });
  return `select r.rank, r.key, m.account_id, m.account_name, m.industry, m.customer_segment, m.region, p.country, a.territory_id,
    a.primary_advisor_email as advisor_email, member.master_account_id, m.health_status, m.churn_risk_level,
    ${cents('m.annual_revenue')}, ${cents('m.previous_annual_revenue')}, ${cents('m.yoy_growth')}, ${cents('m.arr')},
    ${cents('m.customer_lifetime_value')}, ${cents('m.pipeline_amount')}, ${cents('m.overdue_amount')}, ${cents('m.health_score')},
    ${cents('m.churn_risk_score')}, m.days_to_expiry, coalesce(alerts.n, 0), coalesce(recommendations.n, 0),
    then_7.health_status, then_30.health_status, ${cents('then_30.health_score')}, then_30.churn_risk_level,
    ${body} as body, coalesce(name.name_norm, '') as words
  from {ranked} as r
  join gold.customer_360_metrics as m on m.account_id = r.key
  left join silver.account_profile as p on p.account_id = r.key
  left join silver.account as account on account.account_id = r.key
  left join silver.crm_user as u on u.user_id = account.owner_id
  left join silver.account_name as name on name.account_id = r.key
  left join gold.master_account_member as member on member.account_id = r.key
  left join (select * from gold.assignments_fact where is_current and assignment_type = 'PRIMARY') as a on a.client_key = r.key
  left join (select account_id, count(*) as n from gold.risk_alert where closed_on is null group by 1) as alerts on alerts.account_id = r.key
  left join (select account_id, count(*) as n from gold.recommendation where closed_on is null and status = 'open' group by 1)
    as recommendations on recommendations.account_id = r.key
  left join (${scoresBefore(7)}) as then_7 on then_7.account_id = r.key
  left join (${scoresBefore(30)}) as then_30 on then_30.account_id = r.key`;
}

/** Scores as they stood so many days before as_of, of the accounts that had one then. */
function scoresBefore(days: number): string {
  return `select account_id, arg_max(health_status, as_of) as health_status, arg_max(churn_risk_level, as_of) as churn_risk_level,
    last(health_score order by as_of) as health_score
  from gold.customer_health_history
  where as_of <= (select max(_as_of) from gold.customer_360_metrics) - interval ${days} day group by account_id`;
}
