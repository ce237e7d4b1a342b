import type { DashboardHome } from './dashboard-home.ts';

export interface View {
  /** Of its pictures. */
  readonly name: string;
  readonly path: string;
  /** A state of a page that has its picture already: no picture of it is kept. */
  readonly isState?: boolean;
}

interface List {
  readonly data: readonly Record<string, string>[];
}

/** Every page and every tab with something on it: looked at for accessibility, at all widths, and for the pictures. */
export async function viewsOf({ url }: DashboardHome): Promise<readonly View[]> {
  const first = async (path: string) => ((await (await fetch(`${url}${path}`)).json()) as List).data[0] ?? {};
  const customer = (await first('/api/customers?churn_risk_level=HIGH&sort=-annual_revenue&limit=1')).account_id;
  const linked = await linkedCustomer(url);
  const territory = (await first('/api/territories?sort=-clients&limit=1')).territory_id;
  const client = (await first('/api/clients?limit=1')).client_key;
  const shopper = (await first('/api/sales-customers?limit=1')).customer_id;
  const halted = (await first('/api/runs?status=HALTED&limit=1')).run_id;
  return [
    { name: 'overview', path: '/' },
    { name: 'customers', path: '/customers' },
    { name: 'customers-filtered', path: '/customers?health_status=At-Risk&sort=health_score', isState: true },
    { name: 'customers-empty', path: '/customers?q=nobodyhasthisname', isState: true },
    { name: 'customer', path: `/customers/${customer}` },
    { name: 'customer-timeline', path: `/customers/${customer}?tab=timeline` },
    { name: 'customer-company', path: `/customers/${linked}?tab=company` },
    { name: 'executive-summary', path: '/summary' },
    { name: 'revenue', path: '/revenue' },
    ...tabs('revenue', '/revenue', ['geography', 'segment', 'pipeline']),
    { name: 'sales-team', path: '/sales-team' },
    ...tabs('sales-team', '/sales-team', ['ranks', 'anomalies']),
    { name: 'shoppers', path: '/shoppers' },
    { name: 'shopper', path: `/shoppers/${shopper}`, isState: true },
    { name: 'territories', path: '/territories' },
    ...tabs('territories', '/territories', ['workload', 'changes', 'clients', 'duplicates']),
    { name: 'territory', path: `/territories/${territory}`, isState: true },
    { name: 'client', path: `/clients/${encodeURIComponent(client ?? '')}` },
    { name: 'pipeline', path: '/pipeline' },
    ...tabs('pipeline', '/pipeline', ['tables', 'quality', 'quarantine', 'files', 'lineage']),
    { name: 'run', path: `/pipeline/runs/${halted}` },
    { name: 'catalog', path: '/catalog' },
    { name: 'catalog-table', path: '/catalog/gold/customer_360_metrics' },
    { name: 'not-found', path: '/nothing/here', isState: true },
  ];
}

const picturedTabs = ['changes', 'quarantine'];

function tabs(page: string, path: string, names: readonly string[]): View[] {
  return names.map((name) => ({
    name: `${page}-${name}`,
    path: `${path}?tab=${name}`,
    isState: !picturedTabs.includes(name),
  }));
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
