import { CalendarPlus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ExecuteResult } from '../../../../lambdas/api/contract/actions.ts';
import type { Recommendations } from '../../../../lambdas/api/contract/customer-signals.ts';
import { useApi } from '../../api/use-api.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { QueryPanel } from '../../components/panel.tsx';
import { RecommendationBadge } from '../../components/recommendation-status.tsx';
import type { Recommendation } from '../../components/recommendation.ts';
import { SeverityBadge } from '../../components/customer-status.tsx';
import { formatDay } from '../../format/dates.ts';
import { formatMoney } from '../../format/figures.ts';
import { useCan } from '../../api/use-can.ts';
import { ScheduleDialog } from './schedule-dialog.tsx';

/** What to do about the customer. Scheduling one makes a Task in Salesforce. */
export function RecommendationsPanel({ accountId }: { readonly accountId: string }) {
  const recommendations = useApi<Recommendations>(`/api/customer/${encodeURIComponent(accountId)}/recommendations`);
  const [chosen, setChosen] = useState<Recommendation | null>(null);
  const [result, setResult] = useState<ExecuteResult | null>(null);
  const said = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone; what came of it is where to go on.
  useEffect(() => {
    if (result !== null) said.current?.focus();
  }, [result]);
  const canExecute = useCan('actions:execute');
  return (
    <QueryPanel
      title="Recommendations"
      definition="What the rules propose for this customer, the most urgent first. Scheduling makes a Task in Salesforce, once."
      query={recommendations}
      height="h-40"
    >
      {({ data }) => (
        <>
          <div ref={said} role="status" tabIndex={-1} className="outline-none">
            {result === null ? null : (
              <p
                className={`mb-3 rounded-md px-3 py-2 ${result.status === 'pending' ? 'bg-warn-soft text-warn' : 'bg-good-soft text-good'}`}
              >
                {result.subject}: {result.message}
              </p>
            )}
          </div>
          {data.length === 0 ? (
            <EmptyState title="Nothing to do" reason="No rule asks for anything with the figures of this run." />
          ) : (
            <ul className="divide-y divide-line">
              {data.map((each) => (
                <li key={each.recommendation_id} className="py-3 first:pt-0 last:pb-0">
                  <Item recommendation={each} onSchedule={canExecute && isOpen(each) ? () => setChosen(each) : null} />
                </li>
              ))}
            </ul>
          )}
          {chosen === null ? null : (
            <ScheduleDialog
              recommendation={chosen}
              onClose={() => setChosen(null)}
              onDone={(done) => {
                setResult(done);
                setChosen(null);
              }}
            />
          )}
        </>
      )}
    </QueryPanel>
  );
}

function isOpen({ status, closed_on }: Recommendation): boolean {
  return status === 'open' && closed_on === null;
}

interface ItemProps {
  readonly recommendation: Recommendation;
  /** Null when it cannot be scheduled (any more). */
  readonly onSchedule: (() => void) | null;
}

function Item({ recommendation, onSchedule }: ItemProps) {
  const { priority, action, reason, expected_outcome, estimated_impact, status, due_on, task_id } = recommendation;
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium break-words">{action}</span>
          <SeverityBadge severity={priority} />
        </p>
        <p className="mt-0.5 break-words">{reason}</p>
        <p className="mt-0.5 text-xs text-muted">
          {expected_outcome}
          {estimated_impact > 0 ? ` · worth ${formatMoney(estimated_impact)}` : ''}
        </p>
        {due_on === null ? null : (
          <p className="mt-0.5 text-xs text-muted">
            Due {formatDay(due_on)}
            {task_id === null ? ', waiting for Salesforce' : ' · Task '}
            {task_id === null ? null : <code className="select-all">{task_id}</code>}
          </p>
        )}
      </div>
      {onSchedule === null ? (
        <RecommendationBadge status={status} />
      ) : (
        <Button onClick={onSchedule} aria-label={`Schedule: ${action}`}>
          <CalendarPlus aria-hidden="true" className="size-4" />
          Schedule
        </Button>
      )}
    </div>
  );
}
