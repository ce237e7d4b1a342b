import { queryLake } from '../../lambdas/steps/query-lake.ts';
import type { LocalPipeline } from '../../lambdas/wiring/local.ts';
import { formatDecimal } from './format.ts';
import { printable } from './text-table.ts';

/** A headline figure: its first row fills the text, `{}` by `{}`. Without a row there is nothing to say. */
interface Headline {
  readonly label: string;
  readonly text: string;
  readonly sql: string;
}

const headlines: readonly Headline[] = [
  {
    label: 'Sales',
    text: '{} USD in {} lines and {} months, the newest on {}; computed as of {}',
    sql: `select sum(line.total_cost), count(*), count(distinct line.sales_month), cast(max(line.sales_date) as varchar), cast(max(p.as_of) as varchar)
      from silver.sales_line as line cross join run.parameters as p where line.sales_date <= p.as_of
      having count(*) > 0`,
  },
  {
    label: 'Customers',
    text: '{} ({} Premium, {} Regular, {} New, {} At-Risk)',
    sql: `with latest as (select customer_id, max(customer_segment) as segment from gold.customers_data_mart group by customer_id)
      select count(*), count(*) filter (where segment = 'Premium'), count(*) filter (where segment = 'Regular'),
        count(*) filter (where segment = 'New'), count(*) filter (where segment = 'At-Risk') from latest
      having count(*) > 0`,
  },
  {
    label: 'Best month',
    text: '{} with {} in store {}, {}, incentive {}',
    sql: `select coalesce(full_name, sales_person_id), total_sales, store_id, sales_month, incentive
      from gold.sales_team_data_mart order by total_sales desc, sales_person_id limit 1`,
  },
  {
    label: 'Anomalies',
    text: '{} ({} salesperson-months, {} customer-months, {} transactions)',
    sql: `select count(*), count(*) filter (where anomaly_type = 'SALESPERSON_MONTH'),
      count(*) filter (where anomaly_type = 'CUSTOMER_MONTH'), count(*) filter (where anomaly_type = 'TRANSACTION')
      from gold.sales_anomaly having count(*) > 0`,
  },
  {
    label: 'Pipeline',
    text: '{} accounts; {} USD won in {} opportunities, {} USD open in {}, win rate {}',
    sql: `select (select count(*) from silver.account where not is_deleted), sum(total_revenue), sum(opportunity_count), sum(pipeline_amount),
      sum(open_count), cast(cast(100 * sum(opportunity_count) / nullif(sum(opportunity_count) + sum(lost_count), 0) as integer) as varchar) || ' %'
      from gold.revenue_by_industry having count(*) > 0`,
  },
  {
    label: 'Best industry',
    text: '{} with {} USD won, {} USD open',
    sql: `select industry, total_revenue, pipeline_amount from gold.revenue_by_industry order by total_revenue desc, industry limit 1`,
  },
  {
    label: 'Territories',
    text: '{} with {} active clients; {} clients without an advisor, {} pairs that may be one client',
    sql: `select (select count(*) from gold.territory_dim), count(*), count(*) filter (where primary_advisor_email is null),
      (select count(*) from gold.client_duplicate)
      from gold.assignments_fact where is_current and assignment_type = 'PRIMARY' having count(*) > 0`,
  },
  {
    label: 'Advisors',
    text: '{}: workload of {} High, {} Medium, {} Low; the fullest is {} with {} of {} clients',
    sql: `select count(*), count(*) filter (where level = 'High'), count(*) filter (where level = 'Medium'), count(*) filter (where level = 'Low'),
      arg_max(advisor, clients), max(clients), arg_max(capacity, clients) from gold.advisor_workload
      having count(*) > 0`,
  },
  {
    label: 'Assignments',
    text: '{} new, {} changed, {} ended since the day before',
    sql: `select count(*) filter (where change_type = 'NEW'), count(*) filter (where change_type = 'CHANGED'),
      count(*) filter (where change_type = 'REMOVED') from gold.assignment_change
      having (select count(*) from gold.assignments_fact) > 0`,
  },
  {
    label: 'Customers 360',
    text: '{} accounts scored: {} Healthy, {} At-Risk, {} Critical, {} Unknown; {} USD of revenue at risk in {} accounts',
    sql: `select count(health_score), count(*) filter (where health_status = 'Healthy'), count(*) filter (where health_status = 'At-Risk'),
      count(*) filter (where health_status = 'Critical'), count(*) filter (where health_status = 'Unknown'),
      coalesce(sum(annual_revenue) filter (where churn_risk_level = 'HIGH'), 0), count(*) filter (where churn_risk_level = 'HIGH')
      from gold.customer_360_metrics having count(*) > 0`,
  },
  {
    label: 'To do',
    text: '{} recommendations are open, {} of them of priority HIGH; {} alerts stand',
    sql: `select count(*), count(*) filter (where priority = 'HIGH'), (select count(*) from gold.risk_alert where closed_on is null)
      from gold.recommendation where status = 'open'
      having (select count(*) from gold.customer_360_metrics) > 0`,
  },
  ...[1, 2, 3, 4, 5].map(
    (place): Headline => ({
      label: place === 1 ? 'To do first' : '',
      text: '{}: {} for {} ({}), worth {} USD',
      sql: `select rule_id, action, account_name, reason, estimated_impact from (
          select todo.*, coalesce(account.account_name, todo.account_id) as account_name, row_number() over (
            order by case priority when 'HIGH' then 1 when 'MEDIUM' then 2 else 3 end, estimated_impact desc, recommendation_id) as place
          from gold.recommendation as todo join gold.customer_360_metrics as account on account.account_id = todo.account_id
          where status = 'open') as ranked
        where place = ${place}`,
    }),
  ),
  {
    label: 'Waiting',
    text: '{} sales lines wait in quarantine for master data',
    sql: 'select count(*) from quarantine.silver_sales_line having count(*) > 0',
  },
];

/** The headline figures of the current publication, one line each; empty when there are none. */
export async function headlineText(pipeline: LocalPipeline): Promise<string> {
  const lines: string[] = [];
  for (const { label, text, sql } of headlines) {
    const { rows } = await queryLake(pipeline.ports, pipeline.parser, sql);
    const values = [...(rows[0] ?? [])];
    if (values.length === 0) continue;
    const filled = text.replaceAll('{}', () => {
      const value = values.shift();
      const shown = value === null || value === undefined ? 'none' : String(value);
      return /^-?\d+(\.\d+)?$/.test(shown) ? formatDecimal(shown) : printable(shown);
    });
    lines.push(`  ${label.padEnd(13)} ${filled}`);
  }
  return lines.length === 0 ? '' : `Headline figures:\n${lines.join('\n')}\n`;
}
