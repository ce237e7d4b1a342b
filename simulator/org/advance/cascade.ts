import { literal, quoted } from '../org-tables.ts';
import type { OrgDay } from './org-day.ts';

/** What goes into the recycle bin together with a record: details by the field that refers to it. */
const details: Readonly<Record<string, readonly (readonly [object: string, field: string])[]>> = {
  Account: [
    ['Contact', 'AccountId'],
    ['Opportunity', 'AccountId'],
    ['Case', 'AccountId'],
    ['Contract', 'AccountId'],
    ['Asset', 'AccountId'],
    ['Task', 'AccountId'],
    ['Event', 'AccountId'],
    ['Invoice__c', 'Account__c'],
    ['Usage__c', 'Account__c'],
  ],
  Opportunity: [
    ['OpportunityLineItem', 'OpportunityId'],
    ['OpportunityHistory', 'OpportunityId'],
    ['Task', 'WhatId'],
    ['Event', 'WhatId'],
  ],
  Case: [['CaseMilestone', 'CaseId']],
};

/** Deletes or purges a record with its details, all stamped alike. Details that something else happens to on this day stay. */
export async function removeWithDetails(
  day: OrgDay,
  kind: 'delete' | 'purge',
  object: string,
  id: string,
  stampedAt: Date = day.moment(),
): Promise<void> {
  day.change(kind, object, id, stampedAt);
  for (const [detail, field] of details[object] ?? []) {
    const live = kind === 'delete' ? 'and not "IsDeleted"' : '';
    const reader = await day.database.connection.runAndReadAll(
      `select "Id" from org.${quoted(detail)} where ${quoted(field)} = ${literal(id)} ${live} order by "Id"`,
    );
    for (const [detailId] of reader.getRows()) {
      if (day.reserve(detail, String(detailId)))
        await removeWithDetails(day, kind, detail, String(detailId), stampedAt);
    }
  }
}
