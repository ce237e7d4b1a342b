import type { CustomerRow } from '../../../../lambdas/api/contract/customers.ts';
import type { Column, Filter } from '../../components/columns.ts';
import { DataTable } from '../../components/data-table.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { customerColumns as all } from '../../components/customer-columns.tsx';

const columns: readonly Column<CustomerRow>[] = [
  all.account_name,
  all.health_score,
  all.churn_risk_score,
  all.annual_revenue,
  all.yoy_growth,
  all.pipeline_amount,
  all.overdue_amount,
  all.days_to_expiry,
  all.open_alerts,
  all.customer_segment,
  all.territory_id,
  all.advisor_email,
];

const filters: readonly Filter[] = [
  { name: 'health_status', label: 'Health' },
  { name: 'churn_risk_level', label: 'Churn risk' },
  { name: 'customer_segment', label: 'Segment' },
  { name: 'industry', label: 'Industry' },
  { name: 'region', label: 'Region' },
  { name: 'territory_id', label: 'Territory' },
  { name: 'advisor_email', label: 'Advisor' },
  {
    name: 'expires_within_days',
    label: 'Contract ends',
    options: [
      ['30', 'within 30 days'],
      ['60', 'within 60 days'],
      ['90', 'within 90 days'],
      ['180', 'within 180 days'],
    ],
  },
  {
    name: 'has_alerts',
    label: 'Alerts',
    options: [
      ['true', 'with alerts'],
      ['false', 'without'],
    ],
  },
  {
    name: 'has_recommendations',
    label: 'Recommendations',
    options: [
      ['true', 'with open ones'],
      ['false', 'without'],
    ],
  },
];

export default function CustomersPage() {
  return (
    <>
      <PageTitle title="Customers" subtitle="Accounts of the CRM with their figures of the last run" />
      <div className="rounded-lg border border-line bg-surface">
        <DataTable
          noun="customers"
          path="/api/customers"
          columns={columns}
          filters={filters}
          hasSearch
          defaultSort="-annual_revenue"
          rowKey={(row) => row.account_id}
          emptyReason="No org has been extracted yet, or none of its accounts are in your territories."
        />
      </div>
    </>
  );
}
