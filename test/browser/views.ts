import type { DashboardHome } from './dashboard-home.ts';

export interface View {
  /** Of its screenshots. */
  readonly name: string;
  readonly path: string;
  /** A state of a page that has its picture already: no picture of it is kept. */
  readonly isState?: boolean;
}

interface List {
  readonly data: readonly Record<string, string>[];
}

/** Every page with something on it: looked at for accessibility, at all widths, and for the screenshots. */
export async function viewsOf({ url }: DashboardHome): Promise<readonly View[]> {
  const first = async (path: string) => ((await (await fetch(`${url}${path}`)).json()) as List).data[0] ?? {};
  const customer = (await first('/api/customers?churn_risk_level=HIGH&sort=-annual_revenue&limit=1')).account_id;
  const linked = await linkedCustomer(url);
  return [
    { name: 'overview', path: '/' },
    { name: 'customers', path: '/customers' },
    { name: 'customers-filtered', path: '/customers?health_status=At-Risk&sort=health_score', isState: true },
    { name: 'customers-empty', path: '/customers?q=nobodyhasthisname', isState: true },
    { name: 'customer', path: `/customers/${customer}` },
    { name: 'customer-timeline', path: `/customers/${customer}?tab=timeline` },
    { name: 'customer-company', path: `/customers/${linked}?tab=company` },
    { name: 'executive-summary', path: '/summary' },
    { name: 'not-found', path: '/nothing/here', isState: true },
  ];
}

/** A customer with linked accounts. */
async function linkedCustomer(url: string): Promise<string> {
  const { data } = (await (await fetch(`${url}/api/customers?limit=200`)).json()) as List;
  for (const { account_id = '' } of data) {
    const answer = await fetch(`${url}/api/customer/${account_id}`);
    const { linked_accounts } = (await answer.json()) as { linked_accounts: unknown[] };
    if (linked_accounts.length > 0) return account_id;
  }
  throw new Error('no customer has linked accounts');
}
