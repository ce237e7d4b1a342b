import { Link } from '@tanstack/react-router';
import { FileText } from 'lucide-react';
import type { Summary } from '../../../../lambdas/api/contract/summary.ts';
import { useApi } from '../../api/use-api.ts';
import { buttonClass } from '../../components/button.tsx';
import { NoCustomers } from '../../components/no-customers.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { formatDay } from '../../format/dates.ts';
import { CustomerLists } from './customer-lists.tsx';
import { Distributions } from './distributions.tsx';
import { HeadlineFigures } from './headline-figures.tsx';
import { StatusChanges } from './status-changes.tsx';

export default function OverviewPage() {
  const summary = useApi<Summary>('/api/dashboard/summary');
  return (
    <>
      <PageTitle
        title="Overview"
        subtitle={summary.data === undefined ? 'Customers and revenue' : `As of ${formatDay(summary.data.as_of)}`}
        actions={
          <Link to="/summary" className={buttonClass()}>
            <FileText aria-hidden="true" className="size-4" />
            Executive summary
          </Link>
        }
      />
      {summary.data === undefined && summary.error !== null ? (
        <ProblemNotice error={summary.error} onRetry={() => void summary.refetch()} />
      ) : summary.data?.total_customers === 0 ? (
        <NoCustomers />
      ) : (
        <div className="space-y-4">
          <HeadlineFigures summary={summary} />
          <Distributions summary={summary} />
          <StatusChanges summary={summary} />
          <CustomerLists summary={summary} />
        </div>
      )}
    </>
  );
}
