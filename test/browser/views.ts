import type { DashboardHome } from './dashboard-home.ts';
import { haltingCheck } from './halted-run.ts';

export interface View {
  /** Of its screenshots. */
  readonly name: string;
  readonly path: string;
  /** A state or a further tab of a page that has its picture already: no picture of it is kept. */
  readonly isState?: boolean;
}

interface List {
  readonly data: readonly Record<string, string>[];
}

/** Every page with something on it: looked at for accessibility, at all widths, and for the screenshots. */
export async function viewsOf({ url }: DashboardHome): Promise<readonly View[]> {
  const first = async (path: string) => ((await (await fetch(`${url}${path}`)).json()) as List).data[0] ?? {};
  const customer = (await first('/api/customers?churn_risk_level=HIGH&sort=-annual_revenue&limit=1')).account_id;
  const client = (await first('/api/assignment-changes')).client_key;
  const shopper = (await first('/api/sales-customers')).customer_id;
  const run = (await first('/api/runs?status=HALTED')).run_id;
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
    { name: 'territories', path: '/territories' },
    { name: 'territories-workload', path: '/territories?tab=workload', isState: true },
    { name: 'territories-changes', path: '/territories?tab=changes' },
    { name: 'territories-clients', path: '/territories?tab=clients', isState: true },
    { name: 'territories-duplicates', path: '/territories?tab=duplicates', isState: true },
    { name: 'territory', path: '/territories/NOR_INS', isState: true },
    { name: 'client', path: `/clients/${client}`, isState: true },
    { name: 'client-missing', path: '/clients/nobody', isState: true },
    { name: 'revenue', path: '/revenue' },
    { name: 'revenue-geography', path: '/revenue?tab=geography', isState: true },
    { name: 'revenue-segment', path: '/revenue?tab=segment', isState: true },
    { name: 'revenue-pipeline', path: '/revenue?tab=pipeline', isState: true },
    { name: 'sales-team', path: '/sales-team' },
    { name: 'sales-team-ranks', path: '/sales-team?tab=ranks&rank=1', isState: true },
    { name: 'sales-team-anomalies', path: '/sales-team?tab=anomalies', isState: true },
    { name: 'shoppers', path: '/shoppers' },
    { name: 'shopper', path: `/shoppers/${shopper}`, isState: true },
    { name: 'pipeline', path: '/pipeline' },
    { name: 'pipeline-run', path: `/pipeline/runs/${run}` },
    { name: 'pipeline-tables', path: '/pipeline?tab=tables&layer=gold', isState: true },
    { name: 'pipeline-quality', path: '/pipeline?tab=quality', isState: true },
    {
      name: 'pipeline-check',
      path: `/pipeline/check?run_id=${run}&table=${haltingCheck.table}&check=${haltingCheck.name}`,
      isState: true,
    },
    { name: 'pipeline-quarantine', path: '/pipeline?tab=quarantine' },
    { name: 'pipeline-files', path: '/pipeline?tab=files&status=REJECTED', isState: true },
    { name: 'pipeline-lineage', path: '/pipeline?tab=lineage&table=gold.customer_summary', isState: true },
    { name: 'catalog', path: '/catalog?layer=gold' },
    { name: 'catalog-table', path: '/catalog/gold/customer_summary' },
    { name: 'catalog-empty', path: '/catalog?q=nosuchtable', isState: true },
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
