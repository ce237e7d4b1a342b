import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, MathExpression, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { ApiFigures } from './api-figures.ts';

export interface RunDashboardProps {
  readonly name: string;
  readonly machine: StateMachine;
  readonly deadLetters: Queue;
  readonly api: ApiFigures;
  /** A figure of a stage's output, summed over the period. */
  readonly figure: (stage: string, figure: string, period: Duration) => Metric;
}

const stages = [
  'plan-run',
  'extract-object',
  'collect-files',
  'build-layer',
  'check-layer',
  'publish-run',
  'archive-files',
  'serve-publication',
  'close-run',
];

/** One page on how runs do (rows, errors, seconds, freshness), and how the API answers. */
export class RunDashboard extends Construct {
  constructor(scope: Construct, id: string, { name, machine, deadLetters, api, figure }: RunDashboardProps) {
    super(scope, id);
    const day = Duration.days(1);
    const named = (stage: string, what: string, label: string) => figure(stage, what, day).with({ label });
    const share = (id: string, label: string, stage: string, whole: string) =>
      new MathExpression({
        label,
        expression: `IF(${id}Rows > 0, 100 * ${id}Aside / ${id}Rows, 0)`,
        usingMetrics: { [`${id}Aside`]: figure(stage, 'quarantined', day), [`${id}Rows`]: figure(stage, whole, day) },
        period: day,
      });
    const board = new Dashboard(this, 'Board', { dashboardName: name, defaultInterval: Duration.days(14) });
    board.addWidgets(
      graph('Rows a day', [
        named('extract-object', 'rowsLoaded', 'from the org'),
        named('collect-files', 'rowsLoaded', 'from files'),
        named('build-layer', 'rowsOut', 'built'),
      ]),
      graph('Rows set aside, %', [
        share('dropped', 'of dropped rows', 'collect-files', 'rowsRead'),
        share('built', 'of built rows', 'build-layer', 'rowsIn'),
      ]),
      graph(
        'Seconds a day by stage',
        stages.map((stage) => named(stage, 'seconds', stage)),
      ),
    );
    board.addWidgets(
      graph('Runs a day', [
        machine.metricSucceeded({ period: day, statistic: 'Sum', label: 'succeeded' }),
        machine.metricFailed({ period: day, statistic: 'Sum', label: 'failed' }),
        named('close-run', 'statusPUBLISHED', 'published'),
      ]),
      graph('Milliseconds of a run', [
        machine.metricTime({ period: day, statistic: 'p50', label: 'p50' }),
        machine.metricTime({ period: day, statistic: 'p95', label: 'p95' }),
      ]),
      graph('Events and failures', [
        deadLetters.metricApproximateNumberOfMessagesVisible({
          period: day,
          statistic: 'Maximum',
          label: 'events left',
        }),
        ...stages.map((stage) => named(stage, 'failures', stage)),
      ]),
    );
    const latest = (what: string, label: string) =>
      figure('publish-run', what, day).with({ label, statistic: 'Maximum' });
    board.addWidgets(
      graph('Hours since the published run began', [latest('publicationAgeHours', 'age at the end of a run')]),
      graph('Customers', [latest('customers', 'customers'), latest('highRiskCustomers', 'at high risk')]),
      graph('Health and execution', [
        latest('averageHealth', 'average health, of 100'),
        latest('executionRate', 'recommendations executed, %'),
      ]),
    );
    const hour = Duration.hours(1);
    board.addWidgets(
      graph(
        'API: milliseconds of a request',
        ['p50', 'p95', 'p99'].map((statistic) => api.ofGateway('Latency', statistic, hour)),
      ),
      graph(
        'API: requests an hour',
        (['Count', '4xx', '5xx'] as const).map((name) => api.ofGateway(name, 'Sum', hour)),
      ),
      graph('API: answered from memory, %', [api.cacheHitRate(hour)]),
    );
  }
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, height: 6 });
}
