import { z } from 'zod';
import { allOf, anyOf, listOf, pageParameters } from './paging.ts';
import {
  day,
  eventTypes,
  instant,
  money,
  recommendationStatus,
  recommendationStatuses,
  severities,
  text,
} from './values.ts';

export const alertSchema = z
  .strictObject({
    alert_id: text('{account_id}_{alert_type}_{raised_on}'),
    account_id: text('the account'),
    alert_type: text(
      'churn_risk, sla_compliance, escalated_cases, overdue, usage_decline, expiry, or a configured one',
    ),
    severity: z.enum(severities),
    metric: text('column of the metrics that is watched'),
    value: z.number().nullable().describe('its value when the alert was last found standing'),
    threshold: z.number().describe('the value that it crossed'),
    message: text('what is wrong, with values'),
    raised_on: day('first found'),
    closed_on: day('no longer found; null while it stands').nullable(),
  })
  .meta({ id: 'Alert' });
export const alertsQuery = z.strictObject({
  state: z.enum(['standing', 'closed', 'all']).optional().describe('standing unless told'),
});
export const alertsResponse = allOf(alertSchema).meta({ id: 'Alerts' });
export type Alerts = z.infer<typeof alertsResponse>;

export const recommendationSchema = z
  .strictObject({
    recommendation_id: text('{account_id}_{rule_id}_{raised_on}; execute it with POST /api/actions/{id}/execute'),
    account_id: text('the account'),
    rule_id: text('R001 to R006, or a configured one'),
    priority: z.enum(['HIGH', 'MEDIUM', 'LOW']),
    action: text('what to do'),
    reason: text('why, with values'),
    expected_outcome: text('what should come of it'),
    estimated_impact: money('what it may be worth'),
    status: recommendationStatus,
    raised_on: day('first found'),
    closed_on: day('the data no longer ask for it; null while they do').nullable(),
    executed_at: instant('when somebody executed it').nullable(),
    due_on: day('when the Task is due').nullable(),
    task_id: text('Id of the Task in Salesforce; null until it is confirmed').nullable(),
  })
  .meta({ id: 'Recommendation' });
export const recommendationsQuery = z.strictObject({ status: anyOf(recommendationStatuses).optional() });
export const recommendationsResponse = allOf(recommendationSchema).meta({ id: 'Recommendations' });
export type Recommendations = z.infer<typeof recommendationsResponse>;

export const eventSchema = z
  .strictObject({
    event_id: text('source object, Id and what happened'),
    event_date: day('day of the event'),
    event_type: z.enum(eventTypes),
    title: text('what happened'),
    description: text('more about it').nullable(),
    severity: z.enum(severities),
    related_amount: money('where one is involved').nullable(),
    source_object: text('object of the org, or Alert'),
    source_id: text('Id of its record').nullable(),
  })
  .meta({ id: 'TimelineEvent' });
export const timelineQuery = z.strictObject({
  type: anyOf(eventTypes).optional(),
  from: z.iso.date().optional().describe('first day'),
  to: z.iso.date().optional().describe('last day'),
  limit: pageParameters.limit,
  cursor: pageParameters.cursor,
  format: pageParameters.format,
});
export const timelineResponse = listOf(eventSchema).meta({ id: 'Timeline' });
export type Timeline = z.infer<typeof timelineResponse>;
