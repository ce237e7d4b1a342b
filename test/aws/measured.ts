import { Metrics } from '@aws-lambda-powertools/metrics';
import { vi } from 'vitest';

/** `service name` of every metric that functions of this process published while it listened. */
export function recordMetrics(): { readonly published: ReadonlySet<string>; stop(): void } {
  const published = new Set<string>();
  const publish = Metrics.prototype.publishStoredMetrics;
  const spy = vi.spyOn(Metrics.prototype, 'publishStoredMetrics').mockImplementation(function (this: Metrics) {
    const line = this.serializeMetrics();
    for (const { Dimensions, Metrics: metrics } of line._aws.CloudWatchMetrics) {
      // CloudWatch keeps a metric for each set of dimensions: whoever reads by the stage alone finds no other.
      if (JSON.stringify(Dimensions) !== '[["service"]]') continue;
      for (const { Name } of metrics) published.add(`${String(line.service)} ${Name}`);
    }
    return publish.call(this);
  });
  return { published, stop: () => spy.mockRestore() };
}
