import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CustomerRow } from '../../../../lambdas/api/contract/customers.ts';
import type { Summary } from '../../../../lambdas/api/contract/summary.ts';
import type { ApiError } from '../../api/api-error.ts';
import type { Column } from '../../components/columns.ts';
import { customerColumns as all } from '../../components/customer-columns.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { QueryPanel } from '../../components/panel.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { formatCounted, formatShortMoney } from '../../format/figures.ts';

const accountId = (row: CustomerRow) => row.account_id;
const riskColumns = [all.account_name, all.churn_risk_score, all.annual_revenue, all.open_alerts];
const renewalColumns = [all.account_name, all.health_score, all.days_to_expiry, all.annual_revenue];
const topColumns = [all.account_name, all.health_score, all.annual_revenue, all.yoy_growth, all.pipeline_amount];

/** Whom to look at first. */
export function CustomerLists({ summary }: { readonly summary: UseQueryResult<Summary, ApiError> }) {
  return (
    <div className="grid items-start gap-4 min-[88rem]:grid-cols-2">
      <QueryPanel
        title="Revenue at risk"
        definition="The ten customers at high churn risk with the greatest annual revenue."
        actions={<AllLink search={{ churn_risk_level: 'HIGH', sort: '-annual_revenue' }}>All at high risk</AllLink>}
        query={summary}
        height="h-96"
        isFlush
      >
        {({ at_risk_customers }) => (
          <Customers
            caption="Revenue at risk"
            rows={at_risk_customers}
            columns={riskColumns}
            empty="No customer's churn risk is 70 or more."
          />
        )}
      </QueryPanel>
      <QueryPanel
        title="Renewals in 90 days"
        definition="Customers whose last activated contract ends within 90 days from the as-of date, those that end first."
        actions={<AllLink search={{ expires_within_days: '90', sort: 'days_to_expiry' }}>All renewals</AllLink>}
        query={summary}
        height="h-96"
        isFlush
      >
        {({ renewals_90_days: { next, customers, annual_revenue } }) => (
          <>
            <p className="px-4 pt-3 text-muted">
              {formatCounted(customers, 'contract')} with {formatShortMoney(annual_revenue)} of annual revenue.
            </p>
            <Customers
              caption="Next renewals"
              rows={next}
              columns={renewalColumns}
              empty="No contract ends within 90 days."
            />
          </>
        )}
      </QueryPanel>
      <QueryPanel
        title="Top customers by revenue"
        definition="The ten customers with the greatest annual revenue."
        actions={<AllLink search={{ sort: '-annual_revenue' }}>All customers</AllLink>}
        query={summary}
        height="h-96"
        className="min-[88rem]:col-span-2"
        isFlush
      >
        {({ top_revenue_customers }) => (
          <Customers
            caption="Top customers by revenue"
            rows={top_revenue_customers}
            columns={topColumns}
            empty="No org has been extracted yet."
          />
        )}
      </QueryPanel>
    </div>
  );
}

interface CustomersProps {
  readonly caption: string;
  readonly rows: readonly CustomerRow[];
  readonly columns: readonly Column<CustomerRow>[];
  readonly empty: string;
}

function Customers({ caption, rows, columns, empty }: CustomersProps) {
  if (rows.length === 0) return <EmptyState title="Nobody" reason={empty} />;
  return <SimpleTable caption={caption} rows={rows} columns={columns} rowKey={accountId} />;
}

function AllLink({
  search,
  children,
}: {
  readonly search: Readonly<Record<string, string>>;
  readonly children: ReactNode;
}) {
  return (
    <Link to="/customers" search={search as never} className="font-medium text-accent hover:underline print:hidden">
      {children}
    </Link>
  );
}
