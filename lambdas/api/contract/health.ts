import { z } from 'zod';
import { bytes, count, instant, seconds, share, text } from './values.ts';

const milliseconds = (description: string) => z.number().describe(description).meta({ unit: 'ms' });

export const requestMetricsSchema = z
  .strictObject({
    requests: count('requests since the process started'),
    errors: count('of them answered with a 5xx status'),
    error_rate: share('errors / requests of the last 10,000 requests'),
    cache_hit_rate: share('share of the last 10,000 requests that were answered by 304 or from memory'),
    concurrency: count('requests being answered now'),
    max_concurrency: count('most requests that were answered at the same time'),
    response_ms: z.strictObject({
      p50: milliseconds('median response time of the last 10,000 requests'),
      p95: milliseconds('95 % were quicker'),
      p99: milliseconds('99 % were quicker'),
    }),
    uptime_seconds: seconds('since the process started'),
  })
  .meta({ id: 'RequestMetrics' });

export const healthSchema = z
  .strictObject({
    status: z
      .enum(['ok', 'stale', 'degraded', 'empty'])
      .describe(
        'ok; stale: no run has confirmed the data within the allowance; degraded: a newer snapshot could not be taken over, the old one is served; empty: nothing has been published yet',
      ),
    run_id: text('the publication that is served').nullable(),
    as_of: z.iso.date().describe('the date as of which it was computed').nullable(),
    published_at: instant('when the run that made it began').nullable(),
    confirmed_at: instant('when a run last published it or found nothing new').nullable(),
    age_seconds: seconds('since confirmed_at').nullable(),
    allowance_seconds: seconds('data older than this are stale'),
    snapshot: z.strictObject({
      sha256: text('content hash of the snapshot file').nullable(),
      bytes: bytes('its size').nullable(),
      loaded_at: instant('when this process took it over').nullable(),
      problem: text('why a newer snapshot was not taken over; null when all is well').nullable(),
    }),
    pending_actions: count('actions that Salesforce has not confirmed yet').nullable(),
    metrics: requestMetricsSchema,
  })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof healthSchema>;

export const scopes = ['customers:read', 'actions:execute', 'company:read', 'operations:read'] as const;
export type Scope = (typeof scopes)[number];

export const roles = ['admin', 'manager', 'analyst', 'advisor', 'operator'] as const;
export type Role = (typeof roles)[number];

export const meSchema = z
  .strictObject({
    subject: text('who is logged in'),
    role: z.enum(roles),
    scopes: z.array(z.enum(scopes)).describe('what the role may do'),
    territories: z.array(z.string()).nullable().describe('only customers of these territories are shown; null: of all'),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof meSchema>;
