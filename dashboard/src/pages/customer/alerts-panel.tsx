import type { Alerts } from '../../../../lambdas/api/contract/customer-signals.ts';
import { useAddress } from '../../address.ts';
import { useApi } from '../../api/use-api.ts';
import { SeverityBadge } from '../../components/customer-status.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { QueryPanel } from '../../components/panel.tsx';
import { formatDay } from '../../format/dates.ts';

const states = [
  ['', 'Standing'],
  ['closed', 'Closed'],
  ['all', 'All'],
] as const;

export function AlertsPanel({ accountId }: { readonly accountId: string }) {
  const { values, set } = useAddress();
  const state = states.find(([value]) => value === values.alerts)?.[0] ?? '';
  const alerts = useApi<Alerts>(
    `/api/customer/${encodeURIComponent(accountId)}/alerts`,
    { state },
    { keepsPrevious: true },
  );
  return (
    <QueryPanel
      title="Alerts"
      definition="Rules that a figure of this customer has crossed. An alert stands until a run finds the figure back within its bounds."
      actions={
        <select
          aria-label="Alerts to show"
          value={state}
          onChange={({ target }) => set({ alerts: target.value })}
          className="h-8 rounded-md border border-edge bg-surface px-2 text-sm print:hidden"
        >
          {states.map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      }
      query={alerts}
      height="h-40"
    >
      {({ data }) =>
        data.length === 0 ? (
          <EmptyState title="No alerts" reason="No figure of this customer is outside of its bounds." />
        ) : (
          <ul className="divide-y divide-line">
            {data.map((alert) => (
              <li
                key={alert.alert_id}
                className="flex flex-wrap items-start gap-x-3 gap-y-1 py-2.5 first:pt-0 last:pb-0"
              >
                <SeverityBadge severity={alert.severity} />
                <div className="min-w-0 flex-1 basis-48">
                  <p className="break-words">{alert.message}</p>
                  <p className="text-xs text-muted">
                    {alert.alert_type.replaceAll('_', ' ')}, since {formatDay(alert.raised_on)}
                    {alert.closed_on === null ? '' : `, closed on ${formatDay(alert.closed_on)}`}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        )
      }
    </QueryPanel>
  );
}
