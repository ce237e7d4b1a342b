import { beforeAll, describe, expect, it } from 'vitest';
import { type Values, ViewWarehouse } from './support/view-warehouse.ts';

let warehouse: ViewWarehouse;

beforeAll(async () => {
  warehouse = await ViewWarehouse.open();
});

describe('revenue', () => {
  const deals = { opportunity_count: 2, lost_count: 1, open_count: 3, pipeline_amount: 10, account_count: 4 };

  it('of industries is ranked, with its share', async () => {
    await warehouse.fill('analytics.revenue_by_industry', [
      { ...deals, industry: 'Energy', total_revenue: 100 },
      { ...deals, industry: 'Retail', total_revenue: 200 },
      { ...deals, industry: 'Banking', total_revenue: 100 },
      { ...deals, industry: 'Media', total_revenue: '-0.50' },
    ]);
    expect(await warehouse.ask('top_industries', 'revenue_rank, industry, revenue_share, account_count')).toEqual([
      ['1', 'Retail', '50.06', '4'],
      ['2', 'Banking', '25.03', '4'],
      ['3', 'Energy', '25.03', '4'],
      ['4', 'Media', '-0.13', '4'],
    ]);
    await warehouse.fill('analytics.revenue_by_industry', [{ ...deals, industry: 'Energy', total_revenue: 0 }]);
    expect(await warehouse.ask('top_industries', 'industry, revenue_share')).toEqual([['Energy', null]]);
  });

  it('of states is summed up by country, and the win rate is of the sums', async () => {
    const state = { ...deals, country: 'US', region: 'North America' };
    await warehouse.fill('analytics.revenue_by_geography', [
      { ...state, state: 'NY', total_revenue: 100 },
      { ...state, state: 'CA', total_revenue: 200, opportunity_count: 6, lost_count: 3 },
      { ...deals, country: 'DE', state: 'BE', region: 'Europe', total_revenue: 700, lost_count: 0 },
    ]);
    const columns =
      'revenue_rank, country, states, total_revenue, revenue_share, opportunity_count, win_rate, account_count';
    expect(await warehouse.ask('revenue_by_country', columns)).toEqual([
      ['1', 'DE', '1', '700.00', '70.00', '2', '100.00', '4'],
      ['2', 'US', '2', '300.00', '30.00', '8', '66.67', '8'],
    ]);
  });

  it('of segments is averaged per deal and account over all regions', async () => {
    await warehouse.fill('analytics.customer_segmentation', [
      { ...deals, customer_segment: 'SMB', geographic_region: 'Europe', total_revenue: 100 },
      { ...deals, customer_segment: 'SMB', geographic_region: 'Asia', total_revenue: '0.03', opportunity_count: 1 },
      {
        ...deals,
        customer_segment: 'UNKNOWN',
        total_revenue: 0,
        opportunity_count: 0,
        lost_count: 0,
        account_count: 0,
      },
    ]);
    const columns = 'customer_segment, regions, avg_deal_size, revenue_per_account, win_rate';
    expect(await warehouse.ask('segment_performance', columns)).toEqual([
      ['SMB', '2', '33.34', '12.50', '60.00'],
      ['UNKNOWN', '1', null, null, null],
    ]);
  });

  it('that is expected runs up within a forecast category', async () => {
    const entry = (close_month: string, forecast_category: string, weighted_amount: number) => {
      return { close_month, forecast_category, stage: 'x', opportunity_count: 1, amount: 100, weighted_amount };
    };
    await warehouse.fill('analytics.sales_pipeline', [
      entry('2025-08', 'Commit', 50),
      { ...entry('2025-07', 'Commit', 20), stage: 'y' },
      entry('2025-07', 'Commit', 5),
      entry('UNKNOWN', 'Commit', 1),
      entry('2025-07', 'Pipeline', 7),
    ]);
    const columns =
      'forecast_category, close_month, opportunity_count, amount, weighted_amount, weighted_amount_to_date';
    expect(await warehouse.ask('pipeline_forecast', columns)).toEqual([
      ['Commit', '2025-07', '2', '200.00', '25.00', '25.00'],
      ['Commit', '2025-08', '1', '100.00', '50.00', '75.00'],
      ['Commit', 'UNKNOWN', '1', '100.00', '1.00', '76.00'],
      ['Pipeline', '2025-07', '1', '100.00', '7.00', '7.00'],
    ]);
  });
});

describe('sales', () => {
  it('of the best three ranks of a store and month are shown, ties included', async () => {
    const person = (sales_person_id: string, top_performance_rank: number): Values => {
      return { store_id: 'S1', sales_month: '2025-01', sales_person_id, top_performance_rank, total_sales: 10 };
    };
    await warehouse.fill('analytics.sales_team_data_mart', [
      person('A', 1),
      person('B', 2),
      person('C', 3),
      person('D', 3),
      person('E', 4),
    ]);
    expect(await warehouse.ask('top_performers', 'top_performance_rank, sales_person_id')).toEqual([
      ['1', 'A'],
      ['2', 'B'],
      ['3', 'C'],
      ['3', 'D'],
    ]);
  });

  it('that are unusual are ranked within their type, those without a score last', async () => {
    const anomaly = (anomaly_id: string, anomaly_type: string, score: number | null): Values => {
      return {
        anomaly_id,
        anomaly_type,
        score,
        sales_month: '2025-01',
        value: 30,
        expectation: '10.50',
        reason: anomaly_id,
      };
    };
    await warehouse.fill('analytics.sales_anomaly', [
      anomaly('a', 'TRANSACTION', 4),
      anomaly('b', 'TRANSACTION', null),
      anomaly('c', 'TRANSACTION', 9),
      anomaly('d', 'CUSTOMER_MONTH', 1),
    ]);
    expect(await warehouse.ask('sales_anomalies', 'anomaly_type, anomaly_rank, reason, deviation')).toEqual([
      ['CUSTOMER_MONTH', '1', 'd', '19.50'],
      ['TRANSACTION', '1', 'c', '19.50'],
      ['TRANSACTION', '2', 'a', '19.50'],
      ['TRANSACTION', '3', 'b', '19.50'],
    ]);
  });
});
