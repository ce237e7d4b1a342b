import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { ResourceNames } from '../../lambdas/domain/resource-names.ts';
import { type EnvironmentConfig, environmentTag } from '../config.ts';
import type { ApiFigures } from '../constructs/api-figures.ts';
import { RunDashboard } from '../constructs/run-dashboard.ts';
import { type Consequence, RunbookAlarm } from '../constructs/runbook-alarm.ts';
import type { PipelineStack } from './pipeline.ts';

export interface MonitoringStackProps extends StackProps {
  readonly config: EnvironmentConfig;
  readonly names: ResourceNames;
  readonly pipeline: PipelineStack;
  readonly api: ApiFigures;
}

/** A figure of a stage's output, summed. */
function stageFigure(
  { metricsNamespace: namespace }: ResourceNames,
  stage: string,
  figure: string,
  period: Duration,
): Metric {
  return new Metric({
    namespace,
    metricName: figure,
    dimensionsMap: { service: stage },
    statistic: 'Sum',
    period,
  });
}

interface Watch extends Consequence {
  readonly id: string;
  readonly metric: IMetric;
  readonly above: number;
  readonly silenceIsFault?: boolean;
  readonly periods?: number;
}

/** Who is told when, and one page to look at. Failures of single functions alarm beside the function. */
export class MonitoringStack extends Stack {
  constructor(scope: Construct, id: string, { config, names, pipeline, api, ...props }: MonitoringStackProps) {
    super(scope, id, props);
    for (const { id: name, ...watch } of watches(config, names, pipeline)) {
      new RunbookAlarm(this, name, { ...watch, topic: pipeline.topic });
    }
    this.budget(config, pipeline);
    new RunDashboard(this, 'Dashboard', {
      name: `headwater-${config.environment}`,
      machine: pipeline.machine.stateMachine,
      deadLetters: pipeline.events.deadLetters,
      api,
      figure: (stage, figure, period) => stageFigure(names, stage, figure, period),
    });
  }

  /** Budgets know the forecast of the month, which no metric does. */
  private budget({ alarms, environment }: EnvironmentConfig, pipeline: PipelineStack): void {
    const subscribers = [{ subscriptionType: 'SNS', address: pipeline.topic.topicArn }];
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: `headwater-${environment}`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: alarms.monthlyBudgetUsd, unit: 'USD' },
        costFilters: { TagKeyValue: [`user:${environmentTag}$${environment}`] },
      },
      notificationsWithSubscribers: (['FORECASTED', 'ACTUAL'] as const).map((notificationType) => ({
        notification: {
          notificationType,
          comparisonOperator: 'GREATER_THAN',
          threshold: 100,
          thresholdType: 'PERCENTAGE',
        },
        subscribers,
      })),
    });
  }
}

function watches({ alarms }: EnvironmentConfig, names: ResourceNames, { machine, events }: PipelineStack): Watch[] {
  const hour = Duration.hours(1);
  const quarter = Duration.minutes(15);
  const figure = (stage: string, name: string) => stageFigure(names, stage, name, hour);
  const read = figure('collect-files', 'rowsRead');
  return [
    {
      id: 'FailedRun',
      metric: new MathExpression({
        expression: 'FILL(failed, 0) + FILL(late, 0) + FILL(ended, 0)',
        usingMetrics: {
          failed: machine.stateMachine.metricFailed({ period: quarter, statistic: 'Sum' }),
          late: machine.stateMachine.metricTimedOut({ period: quarter, statistic: 'Sum' }),
          ended: machine.stateMachine.metricAborted({ period: quarter, statistic: 'Sum' }),
        },
        period: quarter,
      }),
      above: 0,
      impact: 'A run failed: readers keep the last publication, files wait.',
      runbook: 'Failed run',
    },
    {
      id: 'StaleData',
      metric: new MathExpression({
        expression: '1 - (FILL(published, 0) + FILL(unchanged, 0))',
        usingMetrics: {
          published: figure('close-run', 'statusPUBLISHED'),
          unchanged: figure('close-run', 'statusUNCHANGED'),
        },
        period: hour,
      }),
      above: 0,
      periods: alarms.freshnessHours,
      silenceIsFault: true,
      impact: `No run has ended well for ${alarms.freshnessHours} hours: tables, API and dashboard show old numbers.`,
      runbook: 'Stale data',
    },
    {
      id: 'EventsLeft',
      metric: events.deadLetters.metricApproximateNumberOfMessagesVisible({ period: quarter, statistic: 'Maximum' }),
      above: 0,
      impact: 'Events of dropped files could not be handled: those files wait for the next scheduled run.',
      runbook: 'Events left',
    },
    {
      id: 'QuarantineRate',
      metric: new MathExpression({
        expression: 'IF(read > 0, 100 * quarantined / read, 0)',
        usingMetrics: { read, quarantined: figure('collect-files', 'quarantined') },
        period: hour,
      }),
      above: 5,
      impact:
        'More than 5 % of the dropped rows were set aside: marts miss those sales until their producer mends them.',
      runbook: 'Quarantine rate',
    },
    {
      id: 'TransformationErrors',
      metric: new MathExpression({
        expression: 'IF(rows > 0, 100 * quarantined / rows, 0)',
        usingMetrics: { rows: figure('build-layer', 'rowsIn'), quarantined: figure('build-layer', 'quarantined') },
        period: hour,
      }),
      above: 1,
      impact: 'More than 1 % of the rows failed a check while tables were built: silver and gold miss them.',
      runbook: 'Transformation errors',
    },
  ];
}
