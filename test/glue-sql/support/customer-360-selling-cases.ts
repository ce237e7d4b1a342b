import { asOf, daysAgo, lost, open, recurring, won } from './customer-360.ts';
import type { Case } from './customer-360-case.ts';

/** Revenue, lifetime value, recurring assets and contracts. */
export const sellingCases: readonly Case[] = [
  [
    'nothing at all: measured zeros, undefined rates, no score for health of 0.45',
    {},
    {
      annual_revenue: '0.00',
      yoy_growth: null,
      mrr: '0.00',
      customer_lifetime_value: '0.00',
      active_services: '0',
      win_rate: null,
      average_deal_size: null,
      days_overdue: null,
      overdue_amount: null,
      days_to_expiry: null,
      usage_change_90d: null,
      sla_breaches: '0',
      sla_compliance_rate: null,
      escalated_cases: '0',
      payment_history: null,
      support_quality: '100.00',
      usage_trends: null,
      engagement_score: '0.00',
      health_score: null,
      health_status: 'Unknown',
      health_coverage: '0.45',
      churn_usage_decline: null,
      churn_payment_issues: null,
      churn_risk_score: null,
      churn_risk_level: 'Unknown',
      churn_coverage: '0.40',
    },
  ],
  [
    'revenue at the edges of both years',
    {
      opportunity: [
        won('1', '2025-06-30'),
        won('2', '2024-07-01'),
        won('4', '2024-06-30'),
        won('8', '2023-07-01'),
        won('16', '2023-06-30'),
        won('32', '2025-07-01'),
        won('64', '2025-01-01'),
        won('128', '2024-12-31'),
      ],
    },
    {
      annual_revenue: '195.00',
      revenue_ytd: '65.00',
      previous_annual_revenue: '12.00',
      clv_historical: '223.00',
      yoy_growth: '1525.00',
    },
  ],
  [
    'growth of the first year is not defined',
    { opportunity: [won('5', '2025-01-01')] },
    { yoy_growth: null, previous_annual_revenue: '0.00' },
  ],
  [
    'growth from a negative year is not defined',
    { opportunity: [won('5', '2025-01-01'), won('-1', '2024-01-01')] },
    { yoy_growth: null },
  ],
  [
    'negative growth, rounded away from zero',
    { opportunity: [won('10', '2025-01-01'), won('16', '2024-01-01')] },
    { yoy_growth: '-37.50' },
  ],
  [
    'growth from a cent is capped, not an error',
    { opportunity: [won('90000000', '2025-01-01'), won('0.01', '2024-01-01')] },
    { yoy_growth: '9999999.99' },
  ],
  [
    'win rate by count, deal size by amount',
    { opportunity: [won('100', '2025-01-01'), won('100.01', '2025-01-01'), lost('9', '2025-01-01')] },
    { win_rate: '66.67', closed_count: '3', average_deal_size: '100.01' },
  ],
  [
    'projected value within twelve months',
    {
      opportunity: [
        open('100', '2025-06-30', '50'),
        open('100', '2026-06-30', '10'),
        open('100', '2026-07-01', '90'),
        open('100', '2025-06-29', '90'),
      ],
    },
    { clv_projected: '60.00', customer_lifetime_value: '60.00', open_opportunities: '4', pipeline_amount: '400.00' },
  ],
  [
    'recurring assets by week, month, quarter and year',
    {
      asset: [
        recurring('12', '1', 'week'),
        recurring('10', '2', 'month'),
        recurring('100', '1', 'month', '3'),
        recurring('120', '1', 'year'),
        recurring('100', '1', 'year', '3'),
      ],
    },
    { mrr: '118.11', arr: '1417.33', active_services: '1' },
  ],
  [
    'a yearly price is the arr, to the cent',
    { asset: [recurring('100', '1', 'year')] },
    { mrr: '8.33', arr: '100.00' },
  ],
  [
    'three thirds of a cent are a cent',
    {
      asset: [
        recurring('0.01', '1', 'month', '3'),
        recurring('0.01', '1', 'month', '3'),
        recurring('0.01', '1', 'month', '3'),
      ],
    },
    { mrr: '0.01' },
  ],
  [
    'assets that are not active',
    {
      asset: [
        { ...recurring('1', '1', 'month'), is_competitor_product: 'true' },
        { ...recurring('1', '1', 'month'), status: 'Obsolete' },
        { ...recurring('1', '1', 'month'), usage_end_date: asOf },
        { ...recurring('1', '1', 'month'), install_date: '2025-07-01' },
        { ...recurring('1', '1', 'month'), install_date: null },
        { ...recurring('7', '1', 'month'), usage_end_date: '2025-07-01', install_date: asOf, product_id: 'P2' },
        { ...recurring('9', '1', 'month'), is_recurring: 'false' },
      ],
    },
    { mrr: '7.00', active_services: '2' },
  ],
  [
    'contract with a successor',
    {
      contract: [
        { end_date: '2025-07-10', status: 'Activated' },
        { end_date: '2026-07-10', status: 'Activated' },
      ],
    },
    { days_to_expiry: '375' },
  ],
  [
    'a draft is no successor',
    {
      contract: [
        { end_date: '2025-07-10', status: 'Activated' },
        { end_date: '2026-07-10', status: 'Draft' },
      ],
    },
    { days_to_expiry: '10' },
  ],
  [
    'contract that ended 90 days ago',
    { contract: [{ end_date: daysAgo(90), status: 'Expired' }] },
    { days_to_expiry: '-90' },
  ],
  [
    'contract that ended 91 days ago',
    { contract: [{ end_date: daysAgo(91), status: 'Expired' }] },
    { days_to_expiry: null },
  ],
  [
    'contract without end',
    {
      contract: [
        { end_date: '2025-07-10', status: 'Activated' },
        { end_date: null, status: 'Activated' },
      ],
    },
    { days_to_expiry: null },
  ],
];
