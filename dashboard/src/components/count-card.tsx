import type { ReactNode } from 'react';
import type { Query } from '../api/client.ts';
import { useApi } from '../api/use-api.ts';
import { formatCount } from '../format/figures.ts';
import type { ListAnswer } from './data-table.tsx';
import { KpiCard } from './kpi-card.tsx';
import { QueryContent } from './panel.tsx';

interface CountCardProps {
  readonly label: string;
  readonly definition: ReactNode;
  readonly note?: ReactNode;
  /** A list endpoint with filters; the card shows how many rows match. */
  readonly path: string;
  readonly query?: Query;
  /** Way down to these rows. */
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
}

/** How many rows of a list match, as a headline figure; fails alone. */
export function CountCard({ label, definition, note, path, query = {}, to, search = {} }: CountCardProps) {
  const answer = useApi<ListAnswer<unknown>>(path, { ...query, limit: 1 });
  return (
    <QueryContent query={answer} height="h-24">
      {({ page }) => (
        <KpiCard
          label={label}
          value={formatCount(page.total)}
          definition={definition}
          note={note}
          to={to}
          search={search}
        />
      )}
    </QueryContent>
  );
}
