import { z } from 'zod';
import { anyOf, booleanParameter, listOf, pageParameters, searchParameter, sortBy, valueParameter } from './paging.ts';
import {
  churnLevel,
  churnLevels,
  count,
  days,
  healthStatus,
  healthStatuses,
  money,
  percent,
  points,
  text,
} from './values.ts';

/** A customer of the API is an account of the CRM. */
export const customerRowSchema = z
  .strictObject({
    account_id: text('Id of the account in Salesforce'),
    account_name: text('name of the company'),
    industry: text('UNKNOWN when empty'),
    customer_segment: text('Enterprise, Mid-Market, SMB or what the org calls it; UNKNOWN'),
    region: text('sales region; UNKNOWN when empty'),
    country: text('billing country; UNKNOWN when empty'),
    territory_id: text('the territory that the account belongs to (PRIMARY)').nullable(),
    advisor_email: text('who looks after it').nullable(),
    owner_name: text("the account's owner in Salesforce").nullable(),
    master_account_id: text('the account that stands for the whole company'),
    annual_revenue: money('won opportunities, close date within the 12 months to as_of'),
    yoy_growth: percent('annual_revenue against the 12 months before; null if that is not above 0').nullable(),
    arr: money('12 × monthly recurring revenue of active assets').meta({ unit: 'USD per year' }),
    customer_lifetime_value: money('all won, and open amounts × probability closing within 12 months'),
    pipeline_amount: money('sum of open opportunities'),
    overdue_amount: money('sum of open balances past due; null without any invoice').nullable(),
    days_to_expiry: days(
      'to the end of the last contract without successor, negative when it has ended; null if none',
    ).nullable(),
    health_score: points('0 to 100; null when too little is known').nullable(),
    health_status: healthStatus,
    churn_risk_score: points('0 to 100; null when too little is known').nullable(),
    churn_risk_level: churnLevel,
    open_alerts: count('alerts that stand'),
    open_recommendations: count('recommendations that stand and are open, as of the publication'),
  })
  .meta({ id: 'CustomerRow' });
export type CustomerRow = z.infer<typeof customerRowSchema>;

export const customerSorts = [
  'annual_revenue',
  'account_name',
  'health_score',
  'churn_risk_score',
  'customer_lifetime_value',
  'pipeline_amount',
  'overdue_amount',
  'days_to_expiry',
  'yoy_growth',
  'open_alerts',
] as const;

export const customersQuery = z.strictObject({
  q: searchParameter
    .optional()
    .describe('words that begin words of the name, or an account Id; legal forms do not matter'),
  health_status: anyOf(healthStatuses).optional(),
  churn_risk_level: anyOf(churnLevels).optional(),
  industry: valueParameter.optional(),
  customer_segment: valueParameter.optional(),
  region: valueParameter.optional(),
  country: valueParameter.optional(),
  territory_id: valueParameter.optional(),
  advisor_email: valueParameter.optional(),
  master_account_id: valueParameter.optional().describe('all accounts of one company'),
  has_alerts: booleanParameter.optional(),
  has_recommendations: booleanParameter.optional(),
  expires_within_days: z.coerce
    .number()
    .int()
    .min(0)
    .max(3660)
    .optional()
    .describe('contract ends in 0 to so many days'),
  sort: sortBy(customerSorts).optional().describe('unless told: annual revenue, greatest first'),
  ...pageParameters,
});

/** Facets: industry, customer_segment, region, country, territory_id, advisor_email, health_status, churn_risk_level. */
export const customersResponse = listOf(customerRowSchema).meta({ id: 'Customers' });
export type Customers = z.infer<typeof customersResponse>;
