import { z } from 'zod';
import { metricsSchema, scoreSchema } from './customer-metrics.ts';
import { sourceSchema } from './paging.ts';
import { churnLevel, count, day, flag, healthStatus, money, percent, points, text } from './values.ts';

export const evidenceSchema = z
  .looseObject({ rule: text('manual, exact_name, fuzzy_name, same_parent or shared_contact') })
  .describe('a rule that holds, with its confidence and inputs')
  .meta({ id: 'LinkEvidence' });

export const linkedAccountSchema = z
  .strictObject({
    account_id: text('the other account'),
    account_name: text('its name'),
    region: text('its sales region'),
    annual_revenue: money('its annual revenue'),
    rule: text('the rule with the greatest confidence'),
    similarity: percent('of the names'),
    same_parent: flag('both have one parent, or one is the other’s'),
    shared_contact: flag('both have an e-mail address or telephone number that counts'),
    confidence: percent('that both are one company'),
    merge_status: z.enum(['merged', 'review', 'refused']),
    merge_reason: text('why not merged; null when merged').nullable(),
    is_duplicate_suspect: flag('both are of one region: one may be a copy of the other'),
    evidence: z.array(evidenceSchema),
  })
  .meta({ id: 'LinkedAccount' });

export const customerResponse = z
  .strictObject({
    account: z.strictObject({
      account_id: text('Id of the account in Salesforce'),
      account_name: text('name of the company'),
      type: text('Customer, Prospect, …').nullable(),
      industry: text('UNKNOWN when empty'),
      customer_segment: text('UNKNOWN without revenue'),
      region: text('sales region'),
      country: text('billing country'),
      state: text('billing state'),
      city: text('billing city').nullable(),
      website: text('as entered; not a safe link by itself').nullable(),
      account_status: text('as in Salesforce').nullable(),
      parent_id: text('Id of the parent account').nullable(),
      created_on: day('when the account was created').nullable(),
      owner_name: text('owner in Salesforce').nullable(),
      owner_email: text('their e-mail address').nullable(),
    }),
    territory: z
      .strictObject({
        territory_id: text('PRIMARY territory'),
        region: text('its region'),
        segment: text('its segment'),
        advisor_email: text('who looks after the account').nullable(),
        status: text('ASSIGNED, OVERFLOW, OVER_CAPACITY or NO_ADVISOR'),
        assigned_by_rule: text('the rule that won'),
        secondary_territories: z.array(z.string()),
      })
      .nullable(),
    metrics: metricsSchema,
    health: scoreSchema,
    churn: scoreSchema,
    history: z
      .array(
        z.strictObject({
          as_of: day('from this day on'),
          health_score: points('').nullable(),
          health_status: healthStatus,
          churn_risk_score: points('').nullable(),
          churn_risk_level: churnLevel,
        }),
      )
      .describe('days on which a score changed, oldest first'),
    orders: z
      .strictObject({
        order_count: count('orders of the warehouse under this name'),
        order_amount: money('sum of their amounts'),
        crm_revenue: money('won opportunities'),
        first_order_date: day('first order').nullable(),
        last_order_date: day('last order').nullable(),
      })
      .nullable(),
    company: z
      .strictObject({
        master_account_id: text('the account that stands for the company'),
        name: text('its name'),
        account_count: count('accounts of the company'),
        link_confidence: percent('of the weakest link that holds it together; null for a single account').nullable(),
        report: text('LARGE, WEAK_LINK or both').nullable(),
        metrics: metricsSchema.nullable().describe('null where the company has accounts outside your territories'),
        members: z.array(
          z.strictObject({
            account_id: text('an account of the company'),
            account_name: text('its name'),
            region: text('its region'),
            annual_revenue: money('its annual revenue'),
            link_confidence: percent('of the weakest link to the master; null for the master').nullable(),
          }),
        ),
      })
      .describe('figures of all accounts of the company together, made from their records'),
    linked_accounts: z.array(linkedAccountSchema),
    source: sourceSchema,
  })
  .meta({ id: 'Customer' });
export type Customer = z.infer<typeof customerResponse>;
