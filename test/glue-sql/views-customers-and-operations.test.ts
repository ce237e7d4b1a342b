import { beforeAll, describe, expect, it } from 'vitest';
import { type Values, ViewWarehouse } from './support/view-warehouse.ts';

let warehouse: ViewWarehouse;

beforeAll(async () => {
  warehouse = await ViewWarehouse.open();
});

describe('customers', () => {
  it('by month are new or returning, and growth is against the preceding month only', async () => {
    const sale = (customer_id: string, sales_date_month: string, first_purchase_month: string, total_sales: string) => {
      return { customer_id, sales_date_month, first_purchase_month, total_sales };
    };
    await warehouse.fill('analytics.customers_data_mart', [
      sale('A', '2024-12', '2024-12', '100.00'),
      sale('A', '2025-01', '2024-12', '50.01'),
      sale('B', '2025-01', '2025-01', '100.00'),
      sale('B', '2025-03', '2025-01', '-10.00'),
    ]);
    const columns =
      'sales_month, customers, new_customers, returning_customers, total_sales, sales_per_customer, sales_growth_rate';
    expect(await warehouse.ask('customer_trends', columns)).toEqual([
      ['2024-12', '1', '1', '0', '100.00', '100.00', null],
      ['2025-01', '2', '1', '1', '150.01', '75.01', '50.01'],
      ['2025-03', '1', '0', '1', '-10.00', '-10.00', null],
    ]);
  });

  it('of high value and those who stay away are ranked by what they are worth', async () => {
    const customer = (
      customer_id: string,
      customer_lifetime_value: number,
      is_high_value: boolean,
      inactive_status: boolean,
    ) => {
      return { customer_id, customer_lifetime_value, is_high_value, inactive_status, address: 'Oslo' };
    };
    await warehouse.fill('analytics.customer_summary', [
      customer('A', 10, false, true),
      customer('B', 900, true, true),
      customer('C', 1000, true, false),
      customer('D', 10, false, false),
    ]);
    expect(await warehouse.ask('high_value_customers', 'value_rank, customer_id, city, inactive_status')).toEqual([
      ['1', 'C', 'Oslo', false],
      ['2', 'B', 'Oslo', true],
    ]);
    expect(await warehouse.ask('inactive_customers', 'value_rank, customer_id, is_high_value')).toEqual([
      ['1', 'B', true],
      ['2', 'A', false],
    ]);
  });

  it('at high risk come with what stands open about them', async () => {
    const account = (
      account_id: string,
      churn_risk_level: string,
      health_status: string,
      annual_revenue: number | null,
    ) => {
      return { account_id, churn_risk_level, health_status, annual_revenue };
    };
    await warehouse.fill('analytics.customer_360_metrics', [
      account('A', 'HIGH', 'At-Risk', null),
      account('B', 'MEDIUM', 'Critical', 500),
      account('C', 'LOW', 'Healthy', 900),
      account('D', 'Unknown', 'Unknown', 900),
    ]);
    const alert = (account_id: string, severity: string, closed_on: string | null) => ({
      account_id,
      severity,
      closed_on,
    });
    await warehouse.fill('analytics.risk_alert', [
      alert('A', 'HIGH', null),
      alert('A', 'MEDIUM', null),
      alert('A', 'HIGH', '2025-01-01'),
      alert('C', 'HIGH', null),
    ]);
    await warehouse.fill('analytics.recommendation', [
      { account_id: 'A', status: 'open' },
      { account_id: 'A', status: 'open' },
      { account_id: 'B', status: 'done' },
    ]);
    const columns = 'revenue_rank, account_id, open_alerts, high_alerts, open_recommendations';
    expect(await warehouse.ask('high_risk_customers', columns)).toEqual([
      ['1', 'B', '0', '0', '0'],
      ['2', 'A', '2', '1', '2'],
    ]);
  });
});

describe('territories', () => {
  it('are all shown, with clients per advisor who has any', async () => {
    const territory = (territory_id: string) => ({ territory_id, region: 'North', segment: 'Retail', is_active: true });
    await warehouse.fill('analytics.territory_dim', [territory('NOR_RET'), territory('SOU_RET'), territory('WES_RET')]);
    await warehouse.fill('analytics.territory_summary', [
      {
        territory_id: 'NOR_RET',
        clients: 10,
        secondary_clients: 1,
        advisors: 3,
        clients_without_advisor: 2,
        priority_a_clients: 4,
        revenue: 5,
      },
      {
        territory_id: 'SOU_RET',
        clients: 1,
        secondary_clients: 0,
        advisors: 0,
        clients_without_advisor: 1,
        priority_a_clients: 0,
      },
    ]);
    const columns = 'territory_id, clients, clients_per_advisor, without_advisor_share, revenue';
    expect(await warehouse.ask('territory_overview', columns)).toEqual([
      ['NOR_RET', '10', '2.67', '20.00', '5.00'],
      ['SOU_RET', '1', null, '100.00', null],
      ['WES_RET', '0', null, null, null],
    ]);
  });

  it('have room by level of workload', async () => {
    const advisor = (level: string, clients: number, capacity: number, utilisation: number | null) => {
      return { advisor: '***@example.com', level, clients, capacity, utilisation };
    };
    await warehouse.fill('analytics.advisor_workload', [
      advisor('High', 50, 50, 100),
      advisor('High', 55, 50, 110),
      advisor('Low', 0, 0, null),
      advisor('Low', 1, 3, 33.33),
    ]);
    const columns = 'level, advisors, clients, capacity, free_capacity, utilisation, highest_utilisation';
    expect(await warehouse.ask('workload_by_level', columns)).toEqual([
      ['High', '2', '105', '100', '-5', '105.00', '110.00'],
      ['Low', '2', '1', '3', '2', '33.33', '33.33'],
    ]);
  });
});

describe('operations', () => {
  it('count files and rows by dataset', async () => {
    const file = (dataset: string | null, status: string, read: number | null, bad: number | null): Values => {
      return {
        dataset,
        status,
        rows_read: read,
        rows_loaded: read,
        rows_quarantined: bad,
        received_at: '2025-06-01 10:00:00',
      };
    };
    await warehouse.fill('ops.file_status', [
      file('sales', 'PROCESSED', 300, 1),
      { ...file('sales', 'REJECTED', null, null), received_at: '2025-06-02 10:00:00' },
      file('sales', 'DUPLICATE', null, null),
      file('sales', 'COLLECTED', 0, 0),
      file(null, 'REJECTED', null, null),
    ]);
    const columns =
      'dataset, files, files_processed, files_rejected, files_duplicate, files_waiting, rows_read, error_rate, last_received_at';
    expect(await warehouse.ask('file_status', columns)).toEqual([
      ['(unknown)', '1', '0', '1', '0', '0', '0', null, '2025-06-01 10:00:00'],
      ['sales', '4', '1', '1', '1', '1', '300', '0.33', '2025-06-02 10:00:00'],
    ]);
  });

  it('tell how far each source is behind the newest run', async () => {
    const run = (run_id: string, status: string, finished_at: string, cost_usd: string | null): Values => {
      return {
        run_id,
        status,
        finished_at,
        started_at: finished_at,
        cost_usd,
        seconds: 10,
        rows_loaded: 5,
        bytes_written: 7,
      };
    };
    await warehouse.fill('ops.run', [
      run('r1', 'PUBLISHED', '2025-06-01 12:00:00', '0.010001'),
      run('r2', 'FAILED', '2025-06-03 12:30:00', '0.000002'),
      run('r3', 'UNCHANGED', '2025-07-01 00:00:00', null),
      run('r4', 'INTERRUPTED', '2025-07-01 02:00:00', '0.5'),
    ]);
    const file = (dataset: string | null, status: string, at: string): Values => ({
      dataset,
      status,
      received_at: at,
      updated_at: at,
    });
    await warehouse.fill('ops.file_status', [
      file('sales', 'PROCESSED', '2025-06-30 02:30:00'),
      file('sales', 'REJECTED', '2025-06-30 12:00:00'),
      file('stores', 'REJECTED', '2025-06-30 12:00:00'),
      file(null, 'REJECTED', '2025-06-30 12:00:00'),
    ]);
    await warehouse.fill('ops.extract_status', [
      {
        run_id: 'r1',
        object: 'Account',
        status: 'EXTRACTED',
        window_to: '2025-06-01 11:00:00',
        _closed_at: '2025-06-01 12:00:00',
      },
      {
        run_id: 'r2',
        object: 'Account',
        status: 'PARTIAL',
        window_to: '2025-06-03 11:00:00',
        _closed_at: '2025-06-03 12:30:00',
      },
    ]);
    expect(await warehouse.ask('data_freshness', '*')).toEqual([
      ['dataset', 'sales', '2025-06-30 12:00:00', '2025-06-30 02:30:00', '23'],
      ['dataset', 'stores', '2025-06-30 12:00:00', null, null],
      ['object', 'Account', '2025-06-03 11:00:00', '2025-06-01 12:00:00', '710'],
      ['publication', 'lake', '2025-07-01 02:00:00', '2025-07-01 00:00:00', '2'],
    ]);
    const columns =
      'run_month, runs, published_runs, failed_runs, cost_usd, avg_cost_usd, seconds, rows_loaded, bytes_written';
    expect(await warehouse.ask('run_cost', columns)).toEqual([
      ['2025-06', '2', '1', '1', '0.010003', '0.005002', '20.000', '10', '14'],
      ['2025-07', '2', '0', '1', '0.500000', '0.500000', '20.000', '10', '14'],
    ]);
  });
});
