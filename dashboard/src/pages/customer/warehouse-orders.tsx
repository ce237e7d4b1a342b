import type { Customer } from '../../../../lambdas/api/contract/customer.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { formatDay } from '../../format/dates.ts';
import { formatCounted, formatMoney } from '../../format/figures.ts';

/** What the warehouse knows of the customer, beside what the CRM says. */
export function WarehouseOrders({ orders }: { readonly orders: Customer['orders'] }) {
  return (
    <Panel title="Orders of the warehouse" definition="Orders under the account's name, beside the revenue of the CRM.">
      {orders === null || orders.order_count === 0 ? (
        <EmptyState title="No orders" reason="The warehouse has no orders under this account's name." />
      ) : (
        <p>
          {formatCounted(orders.order_count, 'order')} of {formatMoney(orders.order_amount)} from{' '}
          {formatDay(orders.first_order_date)} to {formatDay(orders.last_order_date)}; the CRM counts{' '}
          {formatMoney(orders.crm_revenue)} as won.
        </p>
      )}
    </Panel>
  );
}
