import type { Health } from '../contract/health.ts';
import { ageSeconds, confirmedAt } from '../freshness.ts';
import type { Route } from '../route.ts';

export const getHealth: Route = {
  isLive: true,
  answer: async ({ ports, served, settings, meter, recentActions }) => {
    const now = ports.now();
    const meta = served?.meta ?? null;
    const problem = ports.store.problem();
    // After a rollback the last good run is not what is served; its time still tells that somebody looked.
    const confirmed = (await confirmedAt(ports.runs)) ?? meta?.publishedAt ?? null;
    const age = ageSeconds(confirmed, now);
    const health: Health = {
      status: statusOf(meta !== null, problem, age, settings.allowanceSeconds),
      run_id: meta?.runId ?? null,
      as_of: meta?.asOf ?? null,
      published_at: meta?.publishedAt ?? null,
      confirmed_at: confirmed,
      age_seconds: age,
      allowance_seconds: settings.allowanceSeconds,
      snapshot: {
        sha256: meta?.sha256 ?? null,
        bytes: meta?.bytes ?? null,
        loaded_at: meta?.loadedAt ?? null,
        problem: problem === null ? null : 'A newer snapshot could not be taken over; the log of the API says why.',
      },
      pending_actions: (await recentActions.state()).pending,
      metrics: meter.report(now),
    };
    return { body: JSON.stringify(health) };
  },
};

function statusOf(isServed: boolean, problem: string | null, age: number | null, allowance: number): Health['status'] {
  if (problem !== null) return 'degraded';
  if (!isServed) return 'empty';
  return age !== null && age > allowance ? 'stale' : 'ok';
}

export const getMe: Route = {
  isLive: true,
  answer: ({ principal }) => ({ body: JSON.stringify(principal) }),
};
