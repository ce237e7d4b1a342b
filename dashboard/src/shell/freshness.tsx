import { CircleAlert, RefreshCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Health } from '../../../lambdas/api/contract/health.ts';
import { useAddress } from '../address.ts';
import { queryClient } from '../api/query-client.ts';
import { useShownRun } from '../api/shown-run.ts';
import { useApi } from '../api/use-api.ts';
import { Button } from '../components/button.tsx';
import { withCode } from '../components/with-code.tsx';
import { formatDay, formatDuration } from '../format/dates.ts';

const pollMilliseconds = 15_000;

export function useHealth() {
  return useApi<Health>('/api/health', {}, { refetchEvery: pollMilliseconds });
}

/** What readers must know about the data before they read them: too old, newer ones there, or nothing published. */
export function FreshnessNotices() {
  const { data } = useHealth();
  const shown = useShownRun();
  const { values, set } = useAddress();
  if (data === undefined) return null;
  const showNewest = () => {
    // A later page of a list belongs to the run that the list began in.
    const cursors = Object.keys(values).filter((name) => name.endsWith('cursor'));
    set(Object.fromEntries(cursors.map((name) => [name, null])), { replace: true });
    void queryClient.invalidateQueries();
  };
  return (
    <>
      {data.status === 'stale' ? (
        <Notice tone="warn">
          These figures are {formatDuration(data.age_seconds)} old; they should be at most{' '}
          {formatDuration(data.allowance_seconds)}. The pipeline has not confirmed them since.
        </Notice>
      ) : null}
      {data.status === 'degraded' ? (
        <Notice tone="warn">
          Newer data could not be taken over; these are the figures as of {formatDay(data.as_of)}.
        </Notice>
      ) : null}
      {data.status === 'empty' ? (
        <Notice tone="warn">
          {withCode('Nothing has been published yet. `headwater run` fills the lake; this page follows by itself.')}
        </Notice>
      ) : null}
      {shown !== null && data.run_id !== null && data.run_id !== shown ? (
        <Notice tone="news">
          Newer data are there, as of {formatDay(data.as_of)}.
          <Button onClick={showNewest}>
            <RefreshCw aria-hidden="true" className="size-4" />
            Show them
          </Button>
        </Notice>
      ) : null}
    </>
  );
}

function Notice({ tone, children }: { readonly tone: 'warn' | 'news'; readonly children: ReactNode }) {
  const Icon = tone === 'warn' ? TriangleAlert : CircleAlert;
  return (
    <div
      role="status"
      className={`mb-4 flex flex-wrap items-center gap-2 rounded-lg px-4 py-2 ${
        tone === 'warn' ? 'bg-warn-soft text-warn' : 'bg-accent-soft text-accent'
      }`}
    >
      <Icon aria-hidden="true" className="size-4.5 shrink-0" />
      {children}
    </div>
  );
}

/** As of which day, and of which run: at the foot of every page, on paper too. */
export function SourceLine() {
  const { data } = useHealth();
  const shown = useShownRun();
  if (data === undefined || data.run_id === null) return null;
  return (
    <p className="text-xs text-muted">
      As of {formatDay(data.as_of)} · run <code>{shown ?? data.run_id}</code> · confirmed{' '}
      {formatDuration(data.age_seconds)} ago
    </p>
  );
}
