import type { Summary } from '../../../../lambdas/api/contract/summary.ts';
import { useApi } from '../../api/use-api.ts';
import { PageTitle } from '../../components/page-title.tsx';
import { formatDay } from '../../format/dates.ts';
import { HeadlineFigures } from './headline-figures.tsx';

export default function OverviewPage() {
  const summary = useApi<Summary>('/api/dashboard/summary');
  return (
    <>
      <PageTitle
        title="Overview"
        subtitle={summary.data === undefined ? 'Customers and revenue' : `As of ${formatDay(summary.data.as_of)}`}
      />
      <HeadlineFigures summary={summary} />
    </>
  );
}
