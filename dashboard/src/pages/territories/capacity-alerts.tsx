import { CircleCheck } from 'lucide-react';
import type { CapacityAlerts as Answer, Territory } from '../../../../lambdas/api/contract/territories.ts';
import { useApi } from '../../api/use-api.ts';
import { QueryPanel } from '../../components/panel.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatDay } from '../../format/dates.ts';
import { AdvisorLink, TerritoryLink } from './links.tsx';

export type CapacityAlert = Territory['alerts'][number];

/** Where clients have nobody, or somebody has too many. */
export function CapacityAlerts() {
  const alerts = useApi<Answer>('/api/capacity-alerts');
  return (
    <QueryPanel
      title="Capacity alerts"
      definition="A territory with clients that nobody looks after, or an advisor with more active clients than the capacity allows."
      query={alerts}
      height="h-11"
      isFlush
    >
      {({ data }) => <AlertList alerts={data} />}
    </QueryPanel>
  );
}

export function AlertList({ alerts }: { readonly alerts: readonly CapacityAlert[] }) {
  if (alerts.length === 0) {
    return (
      <p className="flex items-center gap-2 px-4 py-3 text-muted">
        <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-good" />
        None: every client has an advisor, and no advisor has more clients than the capacity allows.
      </p>
    );
  }
  return (
    <ul className="divide-y divide-line">
      {alerts.map((alert) => (
        <li
          key={`${alert.alert_type} ${alert.subject}`}
          className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5"
        >
          <StatusBadge tone={alert.alert_type === 'ADVISOR_OVER_CAPACITY' ? 'warn' : 'bad'}>
            {alert.alert_type === 'ADVISOR_OVER_CAPACITY' ? 'Over capacity' : 'Without advisor'}
          </StatusBadge>
          <span className="min-w-0 break-words">{alert.message}</span>
          <span className="ml-auto text-muted">
            {alert.territory_id === null ? (
              <AdvisorLink email={alert.advisor_email} />
            ) : (
              <TerritoryLink id={alert.territory_id} />
            )}{' '}
            · {formatDay(alert.raised_on)}
          </span>
        </li>
      ))}
    </ul>
  );
}
