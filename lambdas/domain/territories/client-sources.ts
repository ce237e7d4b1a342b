import { type ClientFile, foldClientFiles } from './client-history.ts';
import type { ClientRecord, ClientSource, ClientVersion } from './client-version.ts';
import { textOrder } from './text-order.ts';
import type { TerritoriesConfig } from './territories-config.ts';

type AccountMapping = TerritoriesConfig['sources']['accounts'];

/** A row of silver.account (decimals as text), of which `account_id`, `is_deleted` and the mapped columns are read. */
export type AccountRow = Readonly<Record<string, unknown>>;

export interface OrgUser {
  readonly user_id: string;
  readonly email: string | null;
}

/** A client that one source states although the other one has the key. */
export interface RejectedClient {
  readonly client_key: string;
  readonly source_system: ClientSource;
  readonly reason: 'KEY_IN_BOTH_SOURCES';
}

/** full or delta, by the name of a dropped file. */
export function fileKind(name: string, deltaFiles: readonly string[]): 'full' | 'delta' {
  return deltaFiles.some((glob) => matches(glob, name)) ? 'delta' : 'full';
}

/** The org's accounts on the run's day as one full file; deleted ones are left out, and so become inactive. */
export function accountFile(
  accounts: readonly AccountRow[],
  users: readonly OrgUser[],
  mapping: AccountMapping,
  asOf: string,
): ClientFile {
  const emails = new Map(users.map(({ user_id, email }) => [user_id, email]));
  const records = accounts
    .filter((account) => account.is_deleted !== true)
    .map((account): ClientRecord => {
      const { fields, status } = mapping;
      const advisor = textOf(account, fields.primary_advisor_email);
      const standing = status === undefined ? null : textOf(account, status.column);
      return {
        client_key: String(account.account_id),
        client_name: textOf(account, fields.client_name),
        region: textOf(account, fields.region),
        segment: textOf(account, fields.segment),
        parent_org: textOf(account, fields.parent_org),
        primary_advisor_email: advisor === null || advisor.includes('@') ? advisor : (emails.get(advisor) ?? null),
        annual_revenue: fields.annual_revenue === undefined ? null : textOf(account, fields.annual_revenue),
        is_active: standing === null || !(status?.inactive ?? []).includes(standing),
      };
    });
  return { name: 'silver.account', source: 'salesforce', effectiveDate: asOf, kind: 'full', records };
}

/**
 * The history of dropped clients and accounts together (rows of ClientVersion) and the clients rejected because both sources have
 * their key. Of those the dropped one stays; the account, with whatever history it had, does not become a client.
 */
export function foldClientSources(
  previous: readonly ClientVersion[],
  files: readonly ClientFile[],
  asOf: string,
): { versions: ClientVersion[]; rejected: RejectedClient[] } {
  const of = (source: ClientSource) => ({
    versions: previous.filter((version) => version.source_system === source),
    files: files.filter((file) => file.source === source),
  });
  const dropped = of('clients');
  const org = of('salesforce');
  const clients = foldClientFiles(dropped.versions, dropped.files, asOf);
  const taken = new Set(clients.map((version) => version.client_key));
  const clashes = new Set<string>();
  const free = ({ client_key }: { readonly client_key: string }) => {
    if (taken.has(client_key)) clashes.add(client_key);
    return !taken.has(client_key);
  };
  const accounts = foldClientFiles(
    org.versions.filter(free),
    org.files.map((file) => ({ ...file, records: file.records.filter(free) })),
    asOf,
  );
  const rejected = [...clashes]
    .toSorted(textOrder)
    .map((client_key): RejectedClient => ({ client_key, source_system: 'salesforce', reason: 'KEY_IN_BOTH_SOURCES' }));
  return { versions: [...clients, ...accounts], rejected };
}

function textOf(row: AccountRow, column: string): string | null {
  const value = row[column];
  return value === null || value === undefined || value === '' ? null : String(value);
}

function matches(glob: string, name: string): boolean {
  const source = [...glob].map((char) =>
    char === '*' ? '.*' : char === '?' ? '.' : char.replace(/[\\^$.|+()[\]{}]/, '\\$&'),
  );
  return new RegExp(`^${source.join('')}$`, 'su').test(name);
}
