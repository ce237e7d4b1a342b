import type { FieldValues, OrgChange } from '../../../simulator/org/org-change.ts';
import { OrgDatabase } from '../../../simulator/org/org-database.ts';
import { salesforceId } from '../../../simulator/org/salesforce-id.ts';
import { orgShapes } from '../../../simulator/org/shapes/org-shapes.ts';

/** The org's clock in these tests. */
export const NOW = new Date('2025-03-15T12:00:00Z');

export const ids = {
  ann: salesforceId('005', 0),
  bob: salesforceId('005', 1),
  acme: salesforceId('001', 0),
  globex: salesforceId('001', 1),
  initech: salesforceId('001', 2),
  gone: salesforceId('001', 3),
  contact: salesforceId('003', 0),
  deal: salesforceId('006', 0),
  task: salesforceId('00T', 0),
};

/** Text that everything on its way must leave as it is. */
export const AWKWARD = 'a "quoted" \r\nline\nof\0text, 😀\u2028 and \\back\\slash';

const audit = { CreatedById: ids.ann, LastModifiedById: ids.ann };

export function insert(object: string, id: string, stamp: string, values: FieldValues): OrgChange {
  const at = new Date(stamp);
  return { kind: 'insert', object, id, values: { ...audit, ...values }, stampedAt: at, committedAt: at };
}

function change(kind: 'delete' | 'undelete' | 'purge', object: string, id: string, stamp: string): OrgChange {
  const at = new Date(stamp);
  return { kind, object, id, stampedAt: at, committedAt: at };
}

function user(id: string, name: string, manager: string | null): OrgChange {
  return insert('User', id, '2024-01-01T00:00:00Z', {
    Username: `${name.toLowerCase()}@example.com`,
    LastName: name,
    Name: name,
    IsActive: true,
    UserType: 'Standard',
    CurrencyIsoCode: 'USD',
    ManagerId: manager,
  });
}

function account(id: string, stamp: string, values: FieldValues): OrgChange {
  return insert('Account', id, stamp, { CurrencyIsoCode: 'USD', OwnerId: ids.ann, ...values });
}

/** Two users, four accounts of which one is deleted, a contact, an opportunity and a task. */
export async function openSmallOrg(): Promise<OrgDatabase> {
  const database = await OrgDatabase.open(':memory:', orgShapes);
  await database.setNow(NOW);
  // Takes the Ids that are written down above out of what the org will give out.
  for (const object of ['User', 'Account', 'Contact', 'Opportunity', 'Task']) await database.nextIds(object, 10);
  await database.apply([
    user(ids.ann, 'Ann', null),
    user(ids.bob, 'Bob', ids.ann),
    account(ids.acme, '2025-01-10T08:00:00Z', {
      Name: 'Acme',
      Industry: 'Energy',
      AnnualRevenue: '12345678.90',
      NumberOfEmployees: 250,
      BillingCity: 'Köln',
      Description: AWKWARD,
      OwnerId: ids.bob,
    }),
    account(ids.globex, '2025-03-14T09:30:00Z', { Name: 'globex', AnnualRevenue: 5, ParentId: ids.acme }),
    account(ids.initech, '2025-03-15T11:59:00Z', { Name: "Init'ech 100%", Industry: 'Banking', TickerSymbol: 'NA' }),
    account(ids.gone, '2025-02-01T00:00:00Z', { Name: 'Gone', AnnualRevenue: '0.01' }),
    change('delete', 'Account', ids.gone, '2025-03-10T10:00:00Z'),
    insert('Contact', ids.contact, '2025-01-11T00:00:00Z', {
      LastName: 'Ito',
      AccountId: ids.acme,
      OwnerId: ids.ann,
    }),
    insert('Opportunity', ids.deal, '2025-02-20T00:00:00Z', {
      Name: 'Turbines',
      AccountId: ids.acme,
      StageName: 'Prospecting',
      Amount: '1000.50',
      CloseDate: '2025-03-20',
      OwnerId: ids.ann,
    }),
    insert('Task', ids.task, '2025-03-01T00:00:00Z', {
      Subject: 'Call',
      WhoId: ids.contact,
      WhatId: ids.acme,
      ActivityDate: '2025-03-15',
      Status: 'Not Started',
      OwnerId: ids.ann,
    }),
  ]);
  return database;
}
