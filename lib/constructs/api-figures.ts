import type { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface ApiFiguresProps {
  readonly apiId: string;
  /** Where the function writes a line for each request. */
  readonly log: ILogGroup;
  /** Where the environment's metrics are. */
  readonly namespace: string;
}

/** How the API does: what the gateway measures, and from the lines of its log the share that was answered from memory. */
export class ApiFigures extends Construct {
  readonly #apiId: string;
  readonly #namespace: string;

  constructor(scope: Construct, id: string, { apiId, log, namespace }: ApiFiguresProps) {
    super(scope, id);
    this.#apiId = apiId;
    this.#namespace = namespace;
    for (const [metricName, pattern] of [
      ['requests', FilterPattern.exists('$.operation')],
      ['cacheHits', FilterPattern.booleanValue('$.cached', true)],
    ] as const) {
      new MetricFilter(this, metricName, {
        logGroup: log,
        filterPattern: pattern,
        metricNamespace: namespace,
        metricName: `api-${metricName}`,
        metricValue: '1',
      });
    }
  }

  /** A metric of the gateway, in milliseconds or requests. */
  ofGateway(metricName: 'Latency' | '5xx' | '4xx' | 'Count', statistic: string, period: Duration): Metric {
    return new Metric({
      namespace: 'AWS/ApiGateway',
      metricName,
      statistic,
      period,
      dimensionsMap: { ApiId: this.#apiId },
      label: metricName === 'Latency' ? statistic : metricName,
    });
  }

  /** Share of the requests that needed no new answer, in percent. */
  cacheHitRate(period: Duration): MathExpression {
    const counted = (name: string) =>
      new Metric({
        namespace: this.#namespace,
        metricName: `api-${name}`,
        statistic: 'Sum',
        period,
      });
    return new MathExpression({
      label: 'answered from memory, %',
      expression: 'IF(requests > 0, 100 * FILL(hits, 0) / requests, 0)',
      usingMetrics: { requests: counted('requests'), hits: counted('cacheHits') },
      period,
    });
  }
}
