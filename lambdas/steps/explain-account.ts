import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import type { SqlParser } from '../ports/sql-parser.ts';
import { type LakeRow, lakeRows, type SimilarKey, similarKeys } from './lake-rows.ts';
import { literal } from '../domain/sql-text.ts';

type Value = string | number | boolean | null;

/** One weighted part of a score. */
export interface ScoreFactor {
  readonly component: string;
  /** As configured; decimal text. */
  readonly weight: string;
  /** 0 to 100, null when nothing is known. */
  readonly value: Value;
  /** What it was computed from, by name. */
  readonly inputs: LakeRow;
}

export interface ExplainedScore {
  readonly score: Value;
  /** The name of the score: a status or a level. */
  readonly called: Value;
  /** Share of the weights whose component is known. */
  readonly coverage: Value;
  readonly factors: readonly ScoreFactor[];
}

/** Why an account is scored as it is, and what follows from that. */
export interface ExplainedAccount {
  /** The row of `gold.customer_360_metrics`. */
  readonly metrics: LakeRow;
  readonly health: ExplainedScore;
  readonly churn: ExplainedScore;
  /** Alerts that stand, of `gold.risk_alert`. */
  readonly alerts: readonly LakeRow[];
  /** Rules that hold, of `gold.recommendation`, with their values in the reason. */
  readonly recommendations: readonly LakeRow[];
  /** `gold.customer_health_history`, the newest first. */
  readonly history: readonly LakeRow[];
}

const payment = ['days_overdue', 'overdue_amount', 'credit_limit'];
const support = ['milestones_due', 'sla_breaches', 'backlog_weight', 'escalated_cases'];
const usage = ['usage_recent', 'usage_previous', 'usage_change_90d'];
const engagement = ['days_since_activity', 'activities'];

/** Component -> the parameter with its weight and the raw values behind it. */
const healthParts = {
  payment_history: { weight: 'health_weight_payment_history', inputs: ['invoices_due', 'amount_due', 'amount_unpaid'] },
  support_quality: { weight: 'health_weight_support_quality', inputs: support },
  usage_trends: { weight: 'health_weight_usage_trends', inputs: usage },
  engagement_score: { weight: 'health_weight_engagement_score', inputs: engagement },
};
const churnParts = {
  churn_usage_decline: { weight: 'churn_weight_usage_decline', inputs: usage },
  churn_payment_issues: { weight: 'churn_weight_payment_issues', inputs: payment },
  churn_support_problems: { weight: 'churn_weight_support_problems', inputs: support },
  churn_low_engagement: { weight: 'churn_weight_low_engagement', inputs: engagement },
};
type Parts = Readonly<Record<string, { readonly weight: string; readonly inputs: readonly string[] }>>;

const historyShown = 6;

/** The account with that Id, from the current publication; null, when there is none. */
export async function explainAccount(
  ports: PipelinePorts,
  parser: SqlParser,
  accountId: string,
): Promise<ExplainedAccount | null> {
  const account = literal(accountId);
  const rows = (sql: string) => lakeRows(ports, parser, sql);
  const [metrics] = await rows(`select * from gold.customer_360_metrics where account_id = ${account}`);
  if (metrics === undefined) return null;
  const [inputs = {}] = await rows(inputsSql(account));
  const [weights = {}] = await rows('select * from run.parameters');
  const explained = (parts: Parts): ScoreFactor[] =>
    Object.entries(parts).map(([component, part]) => ({
      component,
      weight: String(weights[part.weight]),
      value: metrics[component] ?? null,
      inputs: Object.fromEntries(part.inputs.map((name) => [name, inputs[name] ?? null])),
    }));
  const of = (score: string, called: string, coverage: string, parts: Parts): ExplainedScore => ({
    score: metrics[score] ?? null,
    called: metrics[called] ?? null,
    coverage: metrics[coverage] ?? null,
    factors: explained(parts),
  });
  return {
    metrics,
    health: of('health_score', 'health_status', 'health_coverage', healthParts),
    churn: of('churn_risk_score', 'churn_risk_level', 'churn_coverage', churnParts),
    alerts: await rows(`select alert_type, severity, message, metric, value, threshold, raised_on from gold.risk_alert
      where account_id = ${account} and closed_on is null order by alert_type`),
    recommendations:
      await rows(`select rule_id, priority, action, reason, estimated_impact, status, raised_on from gold.recommendation
      where account_id = ${account} and closed_on is null order by rule_id`),
    history: await rows(`select as_of, health_score, health_status, churn_risk_score, churn_risk_level
      from gold.customer_health_history where account_id = ${account} order by as_of desc limit ${historyShown}`),
  };
}

function inputsSql(account: string): string {
  const counted = (name: string) => `coalesce(${name}, 0) as ${name.replace(/^.*\./, '')}`;
  const zeros = [...support.map((name) => `support.${name}`), 'engagement.activities', 'history.invoices_due'].map(
    counted,
  );
  return `select usage.usage_recent, usage.usage_previous, usage.usage_change_90d, payment.days_overdue, payment.overdue_amount,
    payment.credit_limit, engagement.days_since_activity, history.amount_due, history.amount_unpaid, ${zeros.join(', ')}
  from (select ${account} as subject_id) as subject
  left join silver.customer_360_usage as usage on usage.subject_id = subject.subject_id
  left join silver.customer_360_payment as payment on payment.subject_id = subject.subject_id
  left join silver.customer_360_support as support on support.subject_id = subject.subject_id
  left join silver.customer_360_engagement as engagement on engagement.subject_id = subject.subject_id
  left join (
    select account_id, count(*) as invoices_due, cast(sum(amount_cents) * 0.01 as decimal(18,2)) as amount_due,
      cast(sum(amount_cents - paid_cents) * 0.01 as decimal(18,2)) as amount_unpaid
    from silver.customer_360_invoice where is_in_history group by account_id
  ) as history on history.account_id = subject.subject_id`;
}

/** Accounts whose Id or name contains the text. */
export async function similarAccounts(ports: PipelinePorts, parser: SqlParser, text: string): Promise<SimilarKey[]> {
  const accounts = 'select account_id as key, account_name as name from gold.customer_360_metrics';
  return await similarKeys(ports, parser, accounts, text);
}
