import { Link } from '@tanstack/react-router';
import type { CustomerRow } from '../../../lambdas/api/contract/customers.ts';
import type { Column } from './columns.ts';
import { ChurnBadge, HealthBadge } from './customer-status.tsx';
import { Email } from './email.tsx';
import { formatDaysAhead } from '../format/dates.ts';
import { formatChange, formatCount, formatMoney, formatPercent, unknown } from '../format/figures.ts';

/** Columns of customers by name, so that every list of them shows the same thing the same way. */
export const customerColumns = {
  account_name: {
    name: 'account_name',
    title: 'Customer',
    isSortable: true,
    isRowName: true,
    className: 'min-w-52',
    cell: (row) => (
      <Link
        to="/customers/$id"
        params={{ id: row.account_id } as never}
        className="break-words hover:text-accent hover:underline"
      >
        {row.account_name}
      </Link>
    ),
  },
  health_score: {
    name: 'health_score',
    title: 'Health',
    definition:
      'Payment, support, usage and engagement, weighted, 0 to 100. Healthy from 80, at risk from 50, else critical; unknown when less than half is known.',
    isSortable: true,
    cell: (row) => <HealthBadge score={row.health_score} name={row.health_status} />,
  },
  churn_risk_score: {
    name: 'churn_risk_score',
    title: 'Churn risk',
    definition: 'Usage decline, payment, support and low engagement, weighted, 0 to 100. High from 70, medium from 40.',
    isSortable: true,
    cell: (row) => <ChurnBadge score={row.churn_risk_score} name={row.churn_risk_level} />,
  },
  annual_revenue: {
    name: 'annual_revenue',
    title: 'Annual revenue',
    definition: 'Won opportunities whose close date lies within the 12 months to the as-of date.',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatMoney(row.annual_revenue),
  },
  yoy_growth: {
    name: 'yoy_growth',
    title: 'Growth',
    definition: 'Annual revenue against the 12 months before; empty if nothing was won then.',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatChange(row.yoy_growth, formatPercent),
  },
  pipeline_amount: {
    name: 'pipeline_amount',
    title: 'Pipeline',
    definition: 'Sum of the amounts of open opportunities.',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatMoney(row.pipeline_amount),
  },
  overdue_amount: {
    name: 'overdue_amount',
    title: 'Overdue',
    definition: 'Open balances of invoices past their due date; empty without any invoice.',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatMoney(row.overdue_amount),
  },
  days_to_expiry: {
    name: 'days_to_expiry',
    title: 'Contract ends',
    definition: 'End of the last activated contract without a successor.',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatDaysAhead(row.days_to_expiry),
  },
  open_alerts: {
    name: 'open_alerts',
    title: 'Alerts',
    definition: 'Alerts that stand.',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatCount(row.open_alerts),
  },
  customer_segment: {
    name: 'customer_segment',
    title: 'Segment',
    className: 'whitespace-nowrap',
    cell: (row) => row.customer_segment,
  },
  advisor_email: {
    name: 'advisor_email',
    title: 'Advisor',
    definition: 'Who looks after the customer in its territory.',
    cell: (row) => (row.advisor_email === null ? unknown : <Email address={row.advisor_email} />),
  },
  territory_id: { name: 'territory_id', title: 'Territory', cell: (row) => row.territory_id ?? unknown },
} as const satisfies Readonly<Record<string, Column<CustomerRow>>>;
