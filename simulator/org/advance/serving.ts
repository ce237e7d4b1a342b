import type { OrgDay } from './org-day.ts';

/** New cases with a milestone, and old ones solved. */
export async function workOnCases(day: OrgDay): Promise<void> {
  const accounts = await day.pick('Account', day.count(40), ['OwnerId', 'CurrencyIsoCode']);
  for (const { Id = '', OwnerId = '', CurrencyIsoCode = 'USD' } of accounts) {
    const stampedAt = day.moment();
    const caseId = await day.insert(
      'Case',
      OwnerId,
      {
        CaseNumber: `${day.date.replaceAll('-', '')}-${day.changes.length}`,
        AccountId: Id,
        Type: 'Problem',
        Status: 'New',
        Origin: 'Web',
        Priority: day.random.pick(['High', 'Medium', 'Low']),
        Subject: 'Problem: slow export',
        CurrencyIsoCode,
        OwnerId,
      },
      stampedAt,
    );
    const target = new Date(stampedAt.getTime() + day.random.integer(8, 72) * 3_600_000);
    await day.insert('CaseMilestone', OwnerId, { CaseId: caseId, StartDate: stampedAt, TargetDate: target }, stampedAt);
  }
  for (const { Id = '' } of await day.pick('Case', day.count(40), [], 'not "IsClosed"')) {
    const stampedAt = day.moment();
    day.update('Case', Id, { Status: 'Closed', IsClosed: true, ClosedDate: stampedAt }, stampedAt);
  }
  for (const { Id = '' } of await day.pick('CaseMilestone', day.count(40), [], 'not "IsCompleted"')) {
    const stampedAt = day.moment();
    day.update('CaseMilestone', Id, { IsCompleted: true, CompletionDate: stampedAt }, stampedAt);
  }
}

/** Calls and meetings of the day; the account shows when it was last talked to. */
export async function haveActivities(day: OrgDay): Promise<void> {
  const accounts = await day.pick('Account', day.count(180), ['OwnerId', 'CurrencyIsoCode']);
  for (const { Id = '', OwnerId = '', CurrencyIsoCode = 'USD' } of accounts) {
    const stampedAt = day.moment();
    const common = { AccountId: Id, WhatId: Id, ActivityDate: day.date, CurrencyIsoCode, OwnerId };
    if (day.random.chance(0.75)) {
      const done = { Status: 'Completed', Priority: 'Normal', IsClosed: true, TaskSubtype: 'Call', Subject: 'Call' };
      await day.insert('Task', OwnerId, { ...common, ...done }, stampedAt);
    } else {
      const end = new Date(stampedAt.getTime() + 1_800_000);
      const times = { StartDateTime: stampedAt, EndDateTime: end, DurationInMinutes: 30, Subject: 'Meeting' };
      await day.insert('Event', OwnerId, { ...common, ...times }, stampedAt);
    }
    day.update('Account', Id, { LastActivityDate: day.date }, stampedAt);
  }
}
