import { z } from 'zod';
import {
  allOf,
  anyOf,
  booleanParameter,
  listOf,
  pageParameters,
  searchParameter,
  sortBy,
  sourceSchema,
  valueParameter,
} from './paging.ts';
import { count, day, flag, money, percent, text } from './values.ts';

export const territoryRowSchema = z
  .strictObject({
    territory_id: text('code, like NOR_INS; issued once'),
    region: text('region'),
    segment: text('segment'),
    owner_role: text('role that answers for it').nullable(),
    is_active: flag('whether clients are placed there'),
    issued_on: day('when the code was issued'),
    clients: count('clients whose PRIMARY it is'),
    secondary_clients: count('clients for whom it is SECONDARY'),
    advisors: count('advisors of its PRIMARY clients'),
    clients_without_advisor: count('PRIMARY clients that nobody looks after'),
    segment_distribution: text('PRIMARY clients by their own segment').nullable(),
    priority_a_clients: count('of priority A'),
    priority_b_clients: count('of priority B'),
    priority_c_clients: count('of priority C'),
    revenue: money("PRIMARY clients' annual revenue; null where none has one").nullable(),
    changes: count('assignments that the last run began, changed or ended here'),
  })
  .meta({ id: 'TerritoryRow' });
export const territoriesQuery = z.strictObject({
  q: searchParameter.optional(),
  region: valueParameter.optional(),
  segment: valueParameter.optional(),
  sort: sortBy(['territory_id', 'clients', 'clients_without_advisor', 'revenue', 'changes']).optional(),
  ...pageParameters,
});
/** Facets: region, segment. */
export const territoriesResponse = listOf(territoryRowSchema).meta({ id: 'Territories' });
export type Territories = z.infer<typeof territoriesResponse>;

export const advisorRowSchema = z
  .strictObject({
    advisor: text('e-mail address'),
    territories: z.array(z.string()).describe("territories of the advisor's clients"),
    clients: count('active PRIMARY clients'),
    capacity: count('most clients that the advisor may have').nullable(),
    utilisation: percent('clients / capacity; null without capacity').nullable(),
    level: z.enum(['High', 'Medium', 'Low']).describe('High from 90 %, Medium from 60 %, else Low'),
  })
  .meta({ id: 'AdvisorRow' });
export const advisorsQuery = z.strictObject({
  q: searchParameter.optional(),
  territory_id: valueParameter.optional(),
  level: anyOf(['High', 'Medium', 'Low']).optional(),
  sort: sortBy(['advisor', 'clients', 'utilisation']).optional(),
  ...pageParameters,
});
export const advisorsResponse = listOf(advisorRowSchema).meta({ id: 'Advisors' });
export type Advisors = z.infer<typeof advisorsResponse>;

export const assignmentChangeSchema = z
  .strictObject({
    client_key: text('the client: client_id of a file, or an account Id'),
    client_name: text('its name').nullable(),
    is_account: flag('true: client_key is an account Id'),
    assignment_type: z.enum(['PRIMARY', 'SECONDARY']),
    territory_id: text('the territory now; of a removed assignment the one that it was'),
    change_type: z.enum(['NEW', 'CHANGED', 'REMOVED']),
    old_territory_id: text('before').nullable(),
    new_territory_id: text('now').nullable(),
    old_advisor_email: text('before').nullable(),
    new_advisor_email: text('now').nullable(),
    assigned_by_rule: text('the rule behind it').nullable(),
    changed_on: day('as_of of the run'),
  })
  .meta({ id: 'AssignmentChange' });
export const assignmentChangesQuery = z.strictObject({
  q: searchParameter.optional().describe('part of the name or key of the client'),
  change_type: anyOf(['NEW', 'CHANGED', 'REMOVED']).optional(),
  assignment_type: anyOf(['PRIMARY', 'SECONDARY']).optional(),
  territory_id: valueParameter.optional(),
  sort: sortBy(['client_name', 'territory_id', 'change_type']).optional(),
  ...pageParameters,
});
/** Facets: change_type, assignment_type, territory_id. */
export const assignmentChangesResponse = listOf(assignmentChangeSchema).meta({ id: 'AssignmentChanges' });
export type AssignmentChanges = z.infer<typeof assignmentChangesResponse>;

export const capacityAlertSchema = z
  .strictObject({
    alert_type: z.enum(['CLIENTS_WITHOUT_ADVISOR', 'ADVISOR_OVER_CAPACITY']),
    subject: text('the territory or the advisor'),
    territory_id: text('where it is about one').nullable(),
    advisor_email: text('where it is about one').nullable(),
    clients: count('clients without advisor; clients of the advisor'),
    capacity: count('capacity of the advisor').nullable(),
    message: text('the alert as a sentence'),
    raised_on: day('as_of of the run'),
  })
  .meta({ id: 'CapacityAlert' });

export const territoryResponse = z
  .strictObject({
    territory: territoryRowSchema,
    advisors: z.array(advisorRowSchema).describe('who looks after clients there'),
    alerts: z.array(capacityAlertSchema),
    changes_by_type: z.strictObject({ NEW: count(''), CHANGED: count(''), REMOVED: count('') }),
    source: sourceSchema,
  })
  .meta({ id: 'Territory' });
export type Territory = z.infer<typeof territoryResponse>;
export const capacityAlertsResponse = allOf(capacityAlertSchema).meta({ id: 'CapacityAlerts' });
export type CapacityAlerts = z.infer<typeof capacityAlertsResponse>;

export const clientDuplicateSchema = z
  .strictObject({
    client_key_a: text('the smaller key'),
    client_key_b: text('the greater key'),
    client_name_a: text('name of the first'),
    client_name_b: text('name of the second'),
    similarity: percent('token sort ratio of the normalised names'),
    level: z.enum(['HIGH', 'MEDIUM', 'LOW']),
    suggested_keep: text('the more complete record'),
    suggested_merge: text('the other one'),
  })
  .meta({ id: 'ClientDuplicate' });
export const clientDuplicatesQuery = z.strictObject({
  q: searchParameter.optional(),
  level: anyOf(['HIGH', 'MEDIUM', 'LOW']).optional(),
  sort: sortBy(['similarity', 'client_name_a']).optional(),
  ...pageParameters,
});
export const clientDuplicatesResponse = listOf(clientDuplicateSchema).meta({ id: 'ClientDuplicates' });
export type ClientDuplicates = z.infer<typeof clientDuplicatesResponse>;

export const clientRowSchema = z
  .strictObject({
    client_key: text('client_id of a file, or an account Id'),
    client_name: text('name').nullable(),
    source_system: z.enum(['clients', 'salesforce']),
    region: text('region').nullable(),
    segment: text('segment').nullable(),
    client_priority: z.enum(['A', 'B', 'C']),
    annual_revenue: money('annual revenue with the client').nullable(),
    is_active: flag('whether the client is served'),
    territory_id: text('PRIMARY territory').nullable(),
    advisor_email: text('who looks after it').nullable(),
    status: text('ASSIGNED, OVERFLOW, OVER_CAPACITY or NO_ADVISOR').nullable(),
    assigned_by_rule: text('the rule that won').nullable(),
    effective_from: day('first day of the current version'),
  })
  .meta({ id: 'ClientRow' });
export const clientsQuery = z.strictObject({
  q: searchParameter.optional().describe('part of the name or key'),
  territory_id: valueParameter.optional(),
  advisor_email: valueParameter.optional(),
  source_system: anyOf(['clients', 'salesforce']).optional(),
  status: anyOf(['ASSIGNED', 'OVERFLOW', 'OVER_CAPACITY', 'NO_ADVISOR']).optional(),
  is_active: booleanParameter.optional(),
  sort: sortBy(['client_name', 'annual_revenue', 'client_priority', 'effective_from']).optional(),
  ...pageParameters,
});
/** Facets: territory_id, advisor_email, source_system, status, segment. */
export const clientsResponse = listOf(clientRowSchema).meta({ id: 'Clients' });
export type Clients = z.infer<typeof clientsResponse>;

export const clientHistoryResponse = z
  .strictObject({
    client: clientRowSchema,
    versions: z.array(
      z.strictObject({
        effective_from: day('first day on which it holds'),
        effective_to: day('first day on which it no longer holds; null: current').nullable(),
        is_current: z.boolean(),
        change_reason: text('NEW, CHANGED(columns), MISSING, MERGED(keys) or MERGED_INTO(key)'),
        client_name: text('').nullable(),
        region: text('').nullable(),
        segment: text('').nullable(),
        parent_org: text('').nullable(),
        primary_advisor_email: text('advisor whom the source names').nullable(),
        is_active: z.boolean(),
        annual_revenue: money('').nullable(),
        client_priority: text(''),
      }),
    ),
    assignments: z.array(
      z.strictObject({
        territory_id: text(''),
        assignment_type: z.enum(['PRIMARY', 'SECONDARY']),
        primary_advisor_email: text('').nullable(),
        requested_advisor_email: text('').nullable(),
        is_current: z.boolean(),
        effective_from: day(''),
        effective_to: day('').nullable(),
        assigned_by_rule: text(''),
        rule_version: count(''),
        confidence: percent('how sure the rule is').nullable(),
        status: text(''),
      }),
    ),
    decisions: z
      .array(
        z.strictObject({
          decision: z.enum(['PRIMARY', 'ADVISOR', 'SECONDARY']),
          rule_id: text(''),
          rank: count('order in which the candidates were looked at'),
          rule_version: count(''),
          rule_kind: text(''),
          priority: count('smaller ones come first'),
          territory_id: text('').nullable(),
          advisor_email: text('').nullable(),
          is_winner: z.boolean(),
          reason: text('WON, or why not'),
          conflict: text('').nullable(),
        }),
      )
      .describe('every candidate of the last assignment, winners and losers'),
    duplicates: z.array(clientDuplicateSchema),
    source: sourceSchema,
  })
  .meta({ id: 'ClientHistory' });
export type ClientHistory = z.infer<typeof clientHistoryResponse>;
