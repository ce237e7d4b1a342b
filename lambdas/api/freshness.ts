import type { Runs } from '../ports/runs.ts';

const runsLookedAt = 50;

/** When a run last published, or found that nothing was new, UTC ISO; null when none did. */
export async function confirmedAt(runs: Runs): Promise<string | null> {
  const recent = await runs.list(runsLookedAt);
  const good = recent.find(({ status }) => status === 'PUBLISHED' || status === 'UNCHANGED');
  return good?.finishedAt ?? null;
}

export function ageSeconds(at: string | null, now: Date): number | null {
  return at === null ? null : Math.max(0, Math.round((now.getTime() - Date.parse(at)) / 1_000));
}
