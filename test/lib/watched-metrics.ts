import type { Template } from 'aws-cdk-lib/assertions';
import { resources } from './synthesise.ts';

/** A metric that an alarm or the dashboard reads: `service` is the dimension, null where it has none. */
export interface WatchedMetric {
  readonly name: string;
  readonly service: string | null;
}

interface AlarmMetric {
  readonly MetricStat?: {
    Metric: { Namespace: string; MetricName: string; Dimensions?: { Name: string; Value: string }[] };
  };
}

/** The metrics of this namespace that alarms and dashboards of the templates read. */
export function watchedMetrics(templates: Readonly<Record<string, Template>>, namespace: string): WatchedMetric[] {
  const stacks = Object.values(templates);
  const alarms = stacks.flatMap((stack) => resources(stack, 'AWS::CloudWatch::Alarm'));
  const ofAlarms = alarms
    .flatMap(({ Properties }) => (Properties.Metrics ?? []) as AlarmMetric[])
    .flatMap(({ MetricStat }) => (MetricStat === undefined ? [] : [MetricStat.Metric]))
    .filter(({ Namespace }) => Namespace === namespace)
    .map(({ MetricName, Dimensions = [] }) => ({ name: MetricName, service: Dimensions[0]?.Value ?? null }));
  const boards = stacks.flatMap((stack) => resources(stack, 'AWS::CloudWatch::Dashboard'));
  return [...ofAlarms, ...boards.flatMap(({ Properties }) => ofBoard(Properties.DashboardBody, namespace))];
}

/** A row of a widget is namespace, name, dimensions as pairs, and how it is drawn. */
function ofBoard(body: unknown, namespace: string): WatchedMetric[] {
  const [, parts] = (body as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
  const text = parts.map((part) => (typeof part === 'string' ? part : 'reference')).join('');
  const { widgets } = JSON.parse(text) as { widgets: { properties: { metrics?: unknown[][] } }[] };
  return widgets
    .flatMap(({ properties }) => properties.metrics ?? [])
    .filter(([place]) => place === namespace)
    .map(([, name, dimension, value]) => ({
      name: String(name),
      service: dimension === 'service' ? String(value) : null,
    }));
}
