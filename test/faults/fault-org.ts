import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FieldValues, OrgChange } from '../../simulator/org/org-change.ts';
import { OrgDatabase } from '../../simulator/org/org-database.ts';
import { salesforceId } from '../../simulator/org/salesforce-id.ts';
import { orgShapes } from '../../simulator/org/shapes/org-shapes.ts';
import { type SimulatedSalesforce, startSalesforce } from '../../simulator/salesforce/start-salesforce.ts';

/** How a process of these tests reaches the org. */
export interface OrgAccess {
  /** Folder laid over the project's configuration. */
  readonly overlay: string;
  /** Name of the secret with the login. */
  readonly name: string;
  /** The secret, as an environment variable. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A small org in this process that the processes of these tests extract over HTTP. */
export interface FaultOrg extends OrgAccess {
  readonly database: OrgDatabase;
  readonly server: SimulatedSalesforce;
  close(): Promise<void>;
}

const username = 'integration@example.com';
const clientId = 'fault-tests';
const clientSecret = 'secret of the fault tests';
const owner = salesforceId('005', 0);
const audit = { OwnerId: owner, CreatedById: owner, LastModifiedById: owner, CurrencyIsoCode: 'USD' };

/** The objects that the tests extract, and their bronze tables. */
export const faultObjects = [
  { object: 'Account', table: 'salesforce_account' },
  { object: 'Contact', table: 'salesforce_contact' },
] as const;

/** Every window by Bulk, however small. */
const source = {
  owner: 'crm@example.com',
  secret: 'org',
  api_version: '62.0',
  small_window_rows: 0,
  quota_share: 1,
  objects: faultObjects.map(({ object }) => ({ object, refresh: object === 'Account' ? ['Site'] : [] })),
};

/** Seven accounts on three pages of Bulk results and four contacts on two. Its files go below `folder`. */
export async function startFaultOrg(folder: string): Promise<FaultOrg> {
  const overlay = join(folder, 'configuration');
  await mkdir(join(overlay, 'sources'), { recursive: true });
  await writeFile(join(overlay, 'sources', 'salesforce.json'), JSON.stringify(source));
  const database = await OrgDatabase.open(':memory:', orgShapes);
  await database.setNow(new Date('2025-06-30T12:00:00Z'));
  await fill(database);
  const server = await startSalesforce({
    database,
    clients: [{ clientId, clientSecret, runAs: username }],
    users: [{ username }],
    pageRows: 3,
    dailyLimit: 10_000_000,
  });
  // A login that does not depend on clocks, which some tests set ahead.
  const secret = { flow: 'client-credentials', loginUrl: server.url, clientId, clientSecret };
  return {
    overlay,
    name: source.secret,
    environment: { HEADWATER_SECRET_ORG: JSON.stringify(secret) },
    database,
    server,
    close: async () => {
      await server.close();
      database.close();
    },
  };
}

/**
 * What happens in the org between the first and the second run, a day later: of everything that an extraction treats in its own way. One
 * field changes without a stamp, so that an audit is due and finds something.
 */
export async function changeOrg({ server }: FaultOrg): Promise<void> {
  await server.change(async (database) => {
    const now = new Date('2025-07-01T15:00:00Z');
    await database.setNow(now);
    await database.settle(now);
    const at = '2025-07-01T14:00:00Z';
    const edit = (kind: 'delete' | 'undelete' | 'purge', object: string, id: string): OrgChange => ({
      ...timed(object, id, at),
      kind,
    });
    const rename = (id: string, Name: string): OrgChange => ({
      ...timed('Account', id, at),
      kind: 'update',
      values: { Name },
    });
    const [account = '', contact = ''] = [
      ...(await database.nextIds('Account', 1)),
      ...(await database.nextIds('Contact', 1)),
    ];
    await database.apply([
      insert('Account', account, at, { Name: 'New' }),
      insert('Contact', contact, at, { LastName: 'New', AccountId: account }),
      ...[0, 1, 2].map((index) => rename(salesforceId('001', index), `Renamed ${index}`)),
      edit('delete', 'Account', salesforceId('001', 3)),
      edit('undelete', 'Account', salesforceId('001', 6)),
      edit('purge', 'Account', salesforceId('001', 4)),
      edit('purge', 'Contact', salesforceId('003', 1)),
      { ...timed('Account', salesforceId('001', 5), at), kind: 'update', values: { Site: 'moved' }, silent: true },
    ]);
  });
}

async function fill(database: OrgDatabase): Promise<void> {
  const at = '2025-06-01T00:00:00Z';
  const accounts = await database.nextIds('Account', 7);
  const contacts = await database.nextIds('Contact', 4);
  await database.apply([
    ...accounts.map((id, index) =>
      insert('Account', id, at, {
        Name: `Account ${index}`,
        AnnualRevenue: `${index}000.50`,
        Description: `"${index}",\n`,
      }),
    ),
    ...contacts.map((id, index) =>
      insert('Contact', id, at, { LastName: `Contact ${index}`, AccountId: accounts[index] ?? null }),
    ),
    { ...timed('Account', accounts[6] ?? '', at), kind: 'delete' },
  ]);
}

function insert(object: string, id: string, at: string, values: FieldValues): OrgChange {
  return { ...timed(object, id, at), kind: 'insert', values: { ...audit, ...values } };
}

function timed(object: string, id: string, at: string) {
  return { object, id, stampedAt: new Date(at), committedAt: new Date(at) };
}
