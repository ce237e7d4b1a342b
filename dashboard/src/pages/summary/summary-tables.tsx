import type { ReactNode } from 'react';
import type { Revenue } from '../../../../lambdas/api/contract/revenue.ts';
import type { Summary } from '../../../../lambdas/api/contract/summary.ts';
import type { Column } from '../../components/columns.ts';
import { customerColumns as all } from '../../components/customer-columns.tsx';
import { churnName } from '../../components/customer-status.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { formatCount, formatMoney, formatPercent } from '../../format/figures.ts';

type Industry = Revenue['data'][number];
interface Group {
  readonly name: string;
  readonly customers: number;
  readonly revenue: number;
}

const groupColumns = (title: string): readonly Column<Group>[] => [
  { name: 'name', title, isRowName: true, cell: ({ name }) => name },
  { name: 'customers', title: 'Customers', isFigure: true, cell: ({ customers }) => formatCount(customers) },
  { name: 'revenue', title: 'Annual revenue', isFigure: true, cell: ({ revenue }) => formatMoney(revenue) },
];

const industryColumns: readonly Column<Industry>[] = [
  { name: 'industry', title: 'Industry', isRowName: true, cell: ({ industry }) => industry },
  { name: 'total_revenue', title: 'Won', isFigure: true, cell: (row) => formatMoney(row.total_revenue) },
  { name: 'pipeline_amount', title: 'Pipeline', isFigure: true, cell: (row) => formatMoney(row.pipeline_amount) },
  { name: 'win_rate', title: 'Win rate', isFigure: true, cell: (row) => formatPercent(row.win_rate) },
];

const mostRows = 5;

interface SummaryTablesProps {
  readonly summary: Summary;
  readonly industries: readonly Industry[];
}

export function SummaryTables({ summary, industries }: SummaryTablesProps) {
  return (
    <>
      <div className="grid grid-cols-1 gap-6 sm:grid-cols-2">
        <Part title="Health">
          <SimpleTable
            caption="Customers by health"
            columns={groupColumns('Health')}
            rows={summary.health_distribution.map((each) => ({
              name: each.status,
              customers: each.customers,
              revenue: each.annual_revenue,
            }))}
            rowKey={({ name }) => name}
          />
        </Part>
        <Part title="Churn risk">
          <SimpleTable
            caption="Customers by churn risk"
            columns={groupColumns('Churn risk')}
            rows={summary.risk_distribution.map((each) => ({
              name: churnName(each.level),
              customers: each.customers,
              revenue: each.annual_revenue,
            }))}
            rowKey={({ name }) => name}
          />
        </Part>
      </div>
      <Part title="Revenue at risk: whom to call first">
        <SimpleTable
          caption="Customers at high churn risk"
          columns={[all.account_name, all.churn_risk_score, all.annual_revenue, all.days_to_expiry]}
          rows={summary.at_risk_customers.slice(0, mostRows)}
          rowKey={(row) => row.account_id}
        />
      </Part>
      <Part title="Next renewals">
        <SimpleTable
          caption="Next renewals"
          columns={[all.account_name, all.health_score, all.annual_revenue, all.days_to_expiry]}
          rows={summary.renewals_90_days.next.slice(0, mostRows)}
          rowKey={(row) => row.account_id}
        />
      </Part>
      {industries.length === 0 ? null : (
        <Part title="Revenue by industry">
          <SimpleTable
            caption="Revenue by industry, most first"
            columns={industryColumns}
            rows={industries.slice(0, mostRows)}
            rowKey={({ industry }) => industry ?? ''}
          />
        </Part>
      )}
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h2 className="mb-1 text-sm font-semibold">{title}</h2>
      {children}
    </section>
  );
}
