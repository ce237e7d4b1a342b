import type { UseQueryResult } from '@tanstack/react-query';
import { TrendingDown, TrendingUp } from 'lucide-react';
import type { Summary } from '../../../../lambdas/api/contract/summary.ts';
import type { ApiError } from '../../api/api-error.ts';
import { QueryPanel } from '../../components/panel.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatDay } from '../../format/dates.ts';
import { formatCount } from '../../format/figures.ts';

type Changes = Summary['status_changes']['days_7'];

/** How many customers have another health status than a week and a month ago. */
export function StatusChanges({ summary }: { readonly summary: UseQueryResult<Summary, ApiError> }) {
  return (
    <QueryPanel
      title="Changes of health status"
      definition="Customers whose health status is better or worse than it was then. Scores are kept from the first run on."
      query={summary}
      height="h-16"
    >
      {({ status_changes: { days_7, days_30 } }) => (
        <dl className="grid gap-4 sm:grid-cols-2">
          <Change title="In 7 days" changes={days_7} />
          <Change title="In 30 days" changes={days_30} />
        </dl>
      )}
    </QueryPanel>
  );
}

function Change({ title, changes }: { readonly title: string; readonly changes: Changes }) {
  return (
    <div>
      <dt className="text-xs font-medium text-muted">{title}</dt>
      <dd className="mt-1 flex flex-wrap items-center gap-2">
        {changes.compared_with === null ? (
          'The history does not reach back so far yet; it grows by a day with each day’s run.'
        ) : (
          <>
            <StatusBadge tone="good" icon={TrendingUp}>
              {formatCount(changes.improved)} improved
            </StatusBadge>
            <StatusBadge tone="bad" icon={TrendingDown}>
              {formatCount(changes.worsened)} worsened
            </StatusBadge>
            <span className="text-muted">since {formatDay(changes.compared_with)}</span>
          </>
        )}
      </dd>
    </div>
  );
}
