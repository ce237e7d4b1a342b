import { conditionSql, literalSql } from '../condition-sql.ts';
import type { Model, ModelContract } from '../model.ts';
import { stableHash } from '../stable-hash.ts';
import type { TableName } from '../table.ts';
import type { Customer360Config } from './customer-360-config.ts';
import { type AlertTrigger, placeholdersOf, type RecommendationRule, triggerOperators } from './signal-rules.ts';

const subjects: TableName = 'silver.customer_360_subject';
const accounts: TableName = 'silver.account_profile';

type Column = ModelContract['columns'][number];

/** The tables of what holds now: one row per account and alert, and per account and rule, from `config/metrics.json`. */
export function compileStandings({ alerts, rules }: Customer360Config): Model[] {
  return [
    model(
      'silver.alert_standing',
      'one row per account and alert whose trigger holds as of as_of',
      ['account_id', 'alert_type'],
      alertColumns,
      union(alerts.map(alertSelect), alertColumns),
    ),
    model(
      'silver.recommendation_standing',
      'one row per account and rule whose condition holds as of as_of',
      ['account_id', 'rule_id'],
      recommendationColumns,
      union(rules.map(ruleSelect), recommendationColumns),
    ),
    decisions,
  ];
}

const text = (name: string, description: string): Column => ({ name, type: 'varchar', description });
const money = (name: string, description: string): Column => ({ name, type: 'decimal(18,2)', description });

const alertColumns: readonly Column[] = [
  text('account_id', 'Id of the account'),
  text('alert_type', 'which alert'),
  text('severity', 'HIGH, MEDIUM or LOW'),
  text('metric', 'the column that is watched'),
  money('value', 'its value'),
  money('threshold', 'the value with which it was compared'),
  text('message', 'what is wrong, with values'),
];

const recommendationColumns: readonly Column[] = [
  text('account_id', 'Id of the account'),
  text('rule_id', 'which rule'),
  text('priority', 'HIGH, MEDIUM or LOW'),
  text('action', 'what to do'),
  text('reason', 'why, with values'),
  text('expected_outcome', 'what should come of it'),
  { ...money('estimated_impact', 'what it may be worth'), unit: 'USD' },
];

const decisionColumns: readonly Column[] = [
  text('recommendation_id', 'the recommendation'),
  text('status', 'open, pending, scheduled, done, dismissed or expired'),
  { name: 'decided_at', type: 'timestamp', description: 'when that was decided' },
];

/** What people decided about recommendations. The SQL has no rows: they come from the ledger. */
const decisions: Model = {
  ...model(
    'silver.recommendation_decision',
    'one row per recommendation about which somebody decided',
    ['recommendation_id'],
    decisionColumns,
    `select\n${decisionColumns.map(({ name, type }) => `  cast(null as ${type}) as ${name}`).join(',\n')}\nwhere false`,
  ),
  inputs: [],
  rowsFrom: undefined,
  fromLedger: 'actions',
};

function alertSelect({ alert_type, severity, metric, operator, threshold, message }: AlertTrigger): string {
  const values = { value: textOf(`subject.${metric}`), threshold: literalSql(String(threshold)) };
  return select(
    [
      'account.account_id',
      literalSql(alert_type),
      literalSql(severity),
      literalSql(metric),
      `cast(subject.${metric} as decimal(18,2))`,
      `cast(${threshold} as decimal(18,2))`,
      templateSql(message, values),
    ],
    alertColumns,
    `coalesce(subject.${metric} ${triggerOperators[operator]} ${threshold}, false)`,
  );
}

function ruleSelect({ id, priority, condition, action, reason, expected_outcome, impact }: RecommendationRule): string {
  return select(
    [
      'account.account_id',
      literalSql(id),
      literalSql(priority),
      literalSql(action),
      templateSql(reason, {}),
      literalSql(expected_outcome),
      impact === undefined ? 'cast(0 as decimal(18,2))' : impactSql(impact.metric, impact.factors),
    ],
    recommendationColumns,
    conditionSql(condition),
  );
}

/** Exact, and rounded once by the cast: the factors are multiplied as whole ten-thousandths. */
function impactSql(metric: string, factors: readonly number[]): string {
  const product = factors.reduce((total, one) => total * BigInt(Math.round(one * 10_000)), 1n);
  const digits = 4 * factors.length;
  const padded = String(product).padStart(digits + 1, '0');
  const decimal = digits === 0 ? '1' : `${padded.slice(0, -digits)}.${padded.slice(-digits)}`.replace(/\.?0+$/, '');
  return `cast(cast(coalesce(subject.${metric}, 0) as decimal(38,2)) * ${decimal} as decimal(18,2))`;
}

function textOf(column: string): string {
  return `coalesce(cast(${column} as varchar), 'unknown')`;
}

/** A text with the values in the place of their names. */
function templateSql(template: string, values: Readonly<Record<string, string>>): string {
  const texts = template.split(/\{[^{}]*\}/);
  const found = placeholdersOf(template).map((name) => values[name] ?? textOf(`subject.${name}`));
  return texts
    .flatMap((part, index) => [...(part === '' ? [] : [literalSql(part)]), ...found.slice(index, index + 1)])
    .join(' || ');
}

function select(values: readonly string[], columns: readonly Column[], condition: string): string {
  const list = values.map((value, index) => `  ${value} as ${columns[index]?.name}`).join(',\n');
  return `select\n${list}\nfrom ${accounts} as account\ninner join ${subjects} as subject on subject.subject_id = account.account_id\nwhere ${condition}`;
}

/** Of nothing declared comes a table without rows. */
function union(selects: readonly string[], columns: readonly Column[]): string {
  if (selects.length > 0) return selects.join('\nunion all\n');
  const empty = columns.map(({ name, type }) => `  cast(null as ${type}) as ${name}`).join(',\n');
  return `select\n${empty}\nfrom ${accounts} as account\nwhere false`;
}

function model(table: TableName, row: string, key: string[], columns: readonly Column[], sql: string): Model {
  return {
    table,
    sql,
    contract: contractOf(table, row, key, columns),
    checksHash: stableHash(JSON.stringify([key, [], []])),
    inputs: [accounts, subjects],
    rowsFrom: subjects,
    previous: [],
    readsParameters: false,
    datasets: [],
    incrementalFrom: null,
  };
}

function contractOf(table: TableName, row: string, key: string[], columns: readonly Column[]): ModelContract {
  const owner = 'customer-success';
  const description = 'By customer_360 in config/metrics.json; decisions of people by the ledger.';
  return { table, row, description, owner, key, partition_by: [], columns: [...columns], checks: [] };
}
