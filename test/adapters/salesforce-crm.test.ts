import { join } from 'node:path';
import { FolderWorkspace } from '../../lambdas/adapters/folder-workspace.ts';
import { SalesforceSession } from '../../lambdas/adapters/salesforce/session.ts';
import { SalesforceCrmBulk } from '../../lambdas/adapters/salesforce-crm-bulk.ts';
import { SalesforceCrmSource } from '../../lambdas/adapters/salesforce-crm-source.ts';
import type { OrgChange } from '../../simulator/org/org-change.ts';
import { OrgDatabase } from '../../simulator/org/org-database.ts';
import { salesforceId } from '../../simulator/org/salesforce-id.ts';
import { orgShapes } from '../../simulator/org/shapes/org-shapes.ts';
import { startSalesforce } from '../../simulator/salesforce/start-salesforce.ts';
import { type CrmHarness, describeCrmContract } from '../ports/crm.contract.ts';
import { temporaryFolder } from './temporary-folder.ts';

const now = new Date('2025-06-30T12:00:00Z');
const login = { flow: 'client-credentials', clientId: 'app', clientSecret: 'secret' } as const;
const username = 'integration@example.com';
const owner = salesforceId('005', 0);
const audit = { OwnerId: owner, CreatedById: owner, LastModifiedById: owner, CurrencyIsoCode: 'USD' };

describeCrmContract('Salesforce', async (): Promise<CrmHarness> => {
  const folder = await temporaryFolder();
  const database = await OrgDatabase.open(':memory:', orgShapes);
  await database.setNow(now);
  const server = await startSalesforce({ database, clients: [{ ...login, runAs: username }], users: [{ username }] });
  const sleep = async () => {};
  let { clientSecret }: { clientSecret: string } = login;
  const session = new SalesforceSession({
    secretName: 'org',
    credentials: async () => ({ ...login, clientSecret, loginUrl: server.url }),
    apiVersion: '62.0',
    now: () => now,
    random: () => 0.5,
    sleep,
    warn: () => {},
  });
  const workspace = new FolderWorkspace(join(folder.path, 'lake'), { owner: 'test', isAlive: () => true });
  const apply = (changes: readonly OrgChange[]) => server.change((org) => org.apply(changes));
  const timed = (id: string, minutes: number) => {
    const at = new Date(now.getTime() + minutes * 60_000);
    return { object: 'Account', id, stampedAt: at, committedAt: at };
  };
  return {
    source: new SalesforceCrmSource(session),
    bulk: new SalesforceCrmBulk(session, workspace, { compressed: true, pageRecords: 3, sleep, now: () => new Date() }),
    now,
    orgId: server.organizationId,
    addAccounts: async (accounts) => {
      const ids = await server.change((org) => org.nextIds('Account', accounts.length));
      await apply(
        accounts.map((values, index) => ({
          ...timed(ids[index] ?? '', -60),
          kind: 'insert',
          values: { ...audit, ...values },
        })),
      );
      return [...ids];
    },
    remove: (kind, id) => apply([{ ...timed(id, -30), kind }]),
    deny: (object) => server.faults.add({ when: { object }, what: { fault: 'access-denied' } }),
    refuse: () => {
      clientSecret = 'wrong';
      server.revokeSessions();
    },
    dispose: async () => {
      await server.close();
      database.close();
      await folder.remove();
    },
  };
});
