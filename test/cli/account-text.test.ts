import { describe, expect, it } from 'vitest';
import { accountText } from '../../bin/terminal/account-text.ts';
import type { ExplainedAccount } from '../../lambdas/steps/explain-account.ts';

const explained: ExplainedAccount = {
  metrics: {
    account_id: 'A1',
    account_name: 'Acme',
    customer_segment: 'SMB',
    industry: 'Retail',
    region: 'Europe',
    _as_of: '2025-06-30',
    annual_revenue: '10.00',
    mrr: '0.00',
    customer_lifetime_value: '10.00',
  },
  health: {
    score: '62.07',
    called: 'At-Risk',
    coverage: '0.75',
    factors: [
      {
        component: 'payment_history',
        weight: '0.30',
        value: '33.33',
        inputs: { invoices_due: 1, amount_unpaid: '10.00' },
      },
      { component: 'usage_trends', weight: '0.25', value: null, inputs: { usage_recent: null } },
    ],
  },
  churn: {
    score: null,
    called: 'Unknown',
    coverage: '0.40',
    factors: [{ component: 'churn_low_engagement', weight: '0.15', value: '40.00', inputs: {} }],
  },
  alerts: [
    {
      alert_type: 'overdue',
      severity: 'MEDIUM',
      message: '10.00 USD overdue',
      metric: 'days_overdue',
      value: '60.00',
      threshold: '15.00',
      raised_on: '2025-06-30',
    },
  ],
  recommendations: [],
  history: [
    {
      as_of: '2025-06-30',
      health_score: '62.07',
      health_status: 'At-Risk',
      churn_risk_score: null,
      churn_risk_level: 'Unknown',
    },
  ],
};

describe('An explained account', () => {
  const lines = accountText(explained).split('\n');

  it('shows each factor with its weight, what it adds, and its raw inputs', () => {
    expect(lines).toContain('Health: 62.07, At-Risk; 75 % of the weight is known');
    expect(lines).toContain(
      '  payment_history        0.30 / 0.75 × 33.33 = 13.33  (invoices_due 1, amount_unpaid 10.00)',
    );
  });

  it('names what is missing', () => {
    expect(lines).toContain('  usage_trends           0.25 × unknown  (usage_recent unknown)');
    expect(lines).toContain('  missing: usage_trends; the other weights are renormalised');
  });

  it('says when there is no score', () => {
    expect(lines).toContain('Churn risk: not scored, Unknown; 40 % of the weight is known');
    expect(lines).toContain('  churn_low_engagement   0.15 × 40.00  ()');
  });

  it('shows alerts with their values, and where there is nothing', () => {
    expect(lines).toContain(
      '  MEDIUM overdue since 2025-06-30: 10.00 USD overdue (days_overdue 60.00, threshold 15.00)',
    );
    expect(lines.slice(lines.indexOf('Rules that fired'), lines.indexOf('Rules that fired') + 2)).toEqual([
      'Rules that fired',
      '  none',
    ]);
  });
});
