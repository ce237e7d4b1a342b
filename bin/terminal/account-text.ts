import type { ExplainedAccount, ExplainedScore, ScoreFactor } from '../../lambdas/steps/explain-account.ts';
import type { LakeRow } from '../../lambdas/steps/lake-rows.ts';
import { rowText } from './row-text.ts';
import { printable } from './text-table.ts';

/** An account may lack any of its figures. */
const text = (row: LakeRow, column: string) => rowText(row, column, 'none');

/** Why an account is scored as it is, for a person. */
export function accountText({ metrics, health, churn, alerts, recommendations, history }: ExplainedAccount): string {
  const lines = [
    `${text(metrics, 'account_id')}  ${text(metrics, 'account_name')}: ${text(metrics, 'customer_segment')}, ${text(metrics, 'industry')}, ${text(metrics, 'region')}; as of ${text(metrics, '_as_of')}`,
    `  won in 12 months ${text(metrics, 'annual_revenue')} USD, recurring ${text(metrics, 'mrr')} USD a month, lifetime value ${text(metrics, 'customer_lifetime_value')} USD`,
    '',
    ...scoreLines('Health', health),
    '',
    ...scoreLines('Churn risk', churn),
    '',
    'Alerts that stand',
    ...alerts.map(
      (row) =>
        `  ${text(row, 'severity').padEnd(6)} ${text(row, 'alert_type')} since ${text(row, 'raised_on')}: ${text(row, 'message')} (${text(row, 'metric')} ${text(row, 'value')}, threshold ${text(row, 'threshold')})`,
    ),
    ...(alerts.length === 0 ? ['  none'] : []),
    '',
    'Rules that fired',
    ...recommendations.map(
      (row) =>
        `  ${text(row, 'rule_id')} ${text(row, 'priority').padEnd(6)} ${text(row, 'action')} (${text(row, 'status')} since ${text(row, 'raised_on')}): ${text(row, 'reason')}; worth ${text(row, 'estimated_impact')} USD`,
    ),
    ...(recommendations.length === 0 ? ['  none'] : []),
    '',
    'Changes of the scores, the newest first',
    ...history.map(
      (row) =>
        `  ${text(row, 'as_of')}  health ${text(row, 'health_score')} ${text(row, 'health_status')}, churn risk ${text(row, 'churn_risk_score')} ${text(row, 'churn_risk_level')}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function scoreLines(title: string, { score, called, coverage, factors }: ExplainedScore): string[] {
  const missing = factors.filter(({ value }) => value === null).map(({ component }) => component);
  const shown = score === null ? 'not scored' : String(score);
  return [
    `${title}: ${shown}, ${called}; ${Math.round(Number(coverage) * 100)} % of the weight is known`,
    ...factors.map((factor) => factorLine(factor, score === null ? null : Number(coverage))),
    ...(missing.length === 0 ? [] : [`  missing: ${missing.join(', ')}; the other weights are renormalised`]),
  ];
}

/** `0.25 / 0.75 × 80.00 = 26.67`, and what the value comes from. */
function factorLine({ component, weight, value, inputs }: ScoreFactor, coverage: number | null): string {
  const from = Object.entries(inputs).map(([name, input]) => `${name} ${input === null ? 'unknown' : input}`);
  const share = coverage === null || coverage === 1 ? weight : `${weight} / ${coverage}`;
  const points = coverage === null ? '' : ` = ${((Number(weight) * Number(value)) / coverage).toFixed(2)}`;
  const sum = value === null ? `${weight} × unknown` : `${share} × ${value}${points}`;
  return `  ${component.padEnd(22)} ${sum}  (${printable(from.join(', '))})`;
}
