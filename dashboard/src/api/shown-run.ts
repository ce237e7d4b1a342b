import { useSyncExternalStore } from 'react';
import { queryClient } from './query-client.ts';

/** The publication whose figures are on the screen; null before the first answer. */
let shown: string | null = null;
const listeners = new Set<() => void>();

/**
 * Takes note of the publication that an answer comes from. When another one has arrived since, everything else on the screen is asked
 * for again, so that no page shows figures of two runs for longer than a request takes.
 */
export function noteRun(runId: string | null | undefined): void {
  if (!runId || runId === shown) return;
  const isFirst = shown === null;
  shown = runId;
  for (const listener of listeners) listener();
  if (!isFirst) void queryClient.invalidateQueries({ predicate: ({ state }) => runOf(state.data) !== runId });
}

export function useShownRun(): string | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
}

/** The run of an answer's `source`; undefined where it has none. */
export function runOf(answer: unknown): string | null | undefined {
  if (typeof answer !== 'object' || answer === null || !('source' in answer)) return undefined;
  const { source } = answer as { source: { run_id: string | null } };
  return source.run_id;
}
