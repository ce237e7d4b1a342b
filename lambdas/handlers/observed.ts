import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import type { Context } from 'aws-lambda';

export type Observed = (event: unknown, context: Context) => Promise<object>;

/** Milliseconds before Lambda ends the function, so that a stage can end by itself. */
const reserve = 15_000;

/** The state machine ends well then: another run works, and takes up what waits. */
function isHarmless(error: unknown): boolean {
  return error instanceof Error && error.name === 'LeaseHeldError';
}

/**
 * A Lambda handler around `work`, logged, measured and traced under the name of its stage: every figure of the output becomes a metric,
 * and nothing of the data is logged. The signal comes shortly before the function's time is up.
 */
export function observed(name: string, work: (event: unknown, signal: AbortSignal) => Promise<object>): Observed {
  const logger = new Logger({ serviceName: name });
  const metrics = new Metrics({ serviceName: name });
  const tracer = new Tracer({ serviceName: name, captureHTTPsRequests: false });
  return async (event, context) => {
    logger.addContext(context);
    const segment = tracer.isTracingEnabled() ? tracer.getSegment() : undefined;
    const part = segment?.addNewSubsegment(`## ${name}`);
    tracer.addServiceNameAnnotation();
    try {
      const output = await work(event, AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - reserve)));
      for (const [figure, value] of Object.entries(output)) {
        if (typeof value === 'number')
          metrics.addMetric(figure, figure === 'seconds' ? MetricUnit.Seconds : MetricUnit.Count, value);
        if (figure === 'status') metrics.addMetric(`status${String(value)}`, MetricUnit.Count, 1);
      }
      logger.info(`${name} is done`, { output });
      return output;
    } catch (error) {
      logger.error(`${name} failed`, error instanceof Error ? error : new Error(String(error)));
      metrics.addMetric(isHarmless(error) ? 'harmless' : 'failures', MetricUnit.Count, 1);
      part?.addError(error instanceof Error ? error : String(error));
      throw error;
    } finally {
      part?.close();
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    }
  };
}
