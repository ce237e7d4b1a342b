import { Link } from '@tanstack/react-router';
import type { Customer } from '../../../../lambdas/api/contract/customer.ts';
import type { Column } from '../../components/columns.ts';
import { CsvLink } from '../../components/csv-link.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { formatCounted, formatMoney, formatPercent } from '../../format/figures.ts';
import { CustomerFigures } from './customer-figures.tsx';
import { LinkedAccounts } from './linked-accounts.tsx';
import { WarehouseOrders } from './warehouse-orders.tsx';

type Member = Customer['company']['members'][number];

const memberColumns: readonly Column<Member>[] = [
  {
    name: 'account_name',
    title: 'Account',
    isRowName: true,
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
  { name: 'region', title: 'Region', cell: (row) => row.region },
  { name: 'annual_revenue', title: 'Annual revenue', isFigure: true, cell: (row) => formatMoney(row.annual_revenue) },
  {
    name: 'link_confidence',
    title: 'Link',
    definition: 'Confidence of the weakest link to the account that stands for the company, which itself has none.',
    isFigure: true,
    cell: (row) => (row.link_confidence === null ? 'stands for it' : formatPercent(row.link_confidence)),
  },
];

/** The company behind the account: its other accounts, their common figures, and why they are taken for one. */
export function CompanyTab({ customer }: { readonly customer: Customer }) {
  const { company, linked_accounts, orders } = customer;
  return (
    <div className="space-y-4">
      <Panel
        title={`${company.name}: ${formatCounted(company.account_count, 'account')}`}
        definition="Accounts that linking takes for one company."
        actions={
          <CsvLink path="/api/customers" query={{ master_account_id: company.master_account_id }} name="accounts" />
        }
        isFlush
      >
        <SimpleTable
          caption="Accounts of the company"
          columns={memberColumns}
          rows={company.members}
          rowKey={(row) => row.account_id}
        />
      </Panel>
      {company.account_count === 1 ? null : company.metrics === null ? (
        <Panel title="Figures of the whole company">
          <EmptyState
            title="Not shown"
            reason="The company has accounts outside of your territories, and their figures are not yours to see."
          />
        </Panel>
      ) : (
        <CustomerFigures metrics={company.metrics} />
      )}
      <LinkedAccounts accounts={linked_accounts} />
      <WarehouseOrders orders={orders} />
    </div>
  );
}
