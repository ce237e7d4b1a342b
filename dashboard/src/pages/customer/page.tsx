import { useParams } from '@tanstack/react-router';
import type { Customer } from '../../../../lambdas/api/contract/customer.ts';
import { useApi } from '../../api/use-api.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { PageSkeleton } from '../../components/skeleton.tsx';
import { Tabs, useTab } from '../../components/tabs.tsx';
import { CompanyTab } from './company-tab.tsx';
import { CustomerHeader } from './customer-header.tsx';
import { ScoresTab } from './scores-tab.tsx';
import { TimelineTab } from './timeline-tab.tsx';

const tabs = [
  ['scores', 'Scores and actions'],
  ['timeline', 'Timeline'],
  ['company', 'Company'],
] as const;

/** Customer 360: all about one account. */
export default function CustomerPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const customer = useApi<Customer>(`/api/customer/${encodeURIComponent(id)}`);
  const tab = useTab(tabs);
  const { data, error } = customer;
  if (data === undefined) {
    if (error === null) return <PageSkeleton />;
    return error.status === 404 ? <Missing /> : <Failed error={error} onRetry={() => void customer.refetch()} />;
  }
  return (
    <>
      <CustomerHeader customer={data} />
      <Tabs label="About this customer" tabs={tabs} />
      {tab === 'scores' ? <ScoresTab customer={data} /> : null}
      {tab === 'timeline' ? <TimelineTab accountId={data.account.account_id} /> : null}
      {tab === 'company' ? <CompanyTab customer={data} /> : null}
    </>
  );
}

function Missing() {
  return (
    <>
      <PageTitle title="No such customer" />
      <EmptyState
        title="There is no customer with this Id"
        reason="It was deleted in the org, belongs to another territory, or the address was mistyped. Press / to search."
      />
    </>
  );
}

function Failed({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  return (
    <>
      <PageTitle title="Customer" />
      <ProblemNotice error={error} onRetry={onRetry} />
    </>
  );
}
