import { stableHash } from '../stable-hash.ts';

/** Attributes of which a change makes a new version, in the order in which reasons name them. */
export const trackedColumns = ['region', 'segment', 'parent_org', 'primary_advisor_email', 'is_active'] as const;

/** Where a client comes from: dropped `clients` files, or accounts of the org. */
export type ClientSource = 'clients' | 'salesforce';

/** What a source says about one client. Texts null where empty; annual_revenue is decimal text, USD. */
export interface ClientRecord {
  readonly client_key: string;
  readonly client_name: string | null;
  readonly region: string | null;
  readonly segment: string | null;
  readonly parent_org: string | null;
  readonly primary_advisor_email: string | null;
  readonly annual_revenue: string | null;
  readonly is_active: boolean;
}

/** A row of the clients' history: `gold.client_dim` without client_priority. Dates YYYY-MM-DD. */
export interface ClientVersion extends ClientRecord {
  /** Surrogate of the version, from client_key and effective_from alone. */
  readonly client_sk: string;
  readonly source_system: ClientSource;
  readonly effective_from: string;
  /** The first day on which it no longer holds; null = current. */
  readonly effective_to: string | null;
  readonly is_current: boolean;
  /** `NEW`, `CHANGED(region, segment)`, `MISSING` (from a full file), `MERGED(key)`, `MERGED_INTO(key)`. */
  readonly change_reason: string;
}

export const versionColumns = [
  'client_sk',
  'client_key',
  'client_name',
  'region',
  'segment',
  'parent_org',
  'primary_advisor_email',
  'is_active',
  'annual_revenue',
  'source_system',
  'effective_from',
  'effective_to',
  'is_current',
  'change_reason',
] as const satisfies readonly (keyof ClientVersion)[];

/** A version from its day on, without end. */
export function openVersion(
  record: ClientRecord,
  source: ClientSource,
  effectiveFrom: string,
  reason: string,
): ClientVersion {
  return {
    client_sk: stableHash(JSON.stringify([record.client_key, effectiveFrom])),
    client_key: record.client_key,
    client_name: record.client_name,
    region: record.region,
    segment: record.segment,
    parent_org: record.parent_org,
    primary_advisor_email: record.primary_advisor_email,
    is_active: record.is_active,
    annual_revenue: record.annual_revenue,
    source_system: source,
    effective_from: effectiveFrom,
    effective_to: null,
    is_current: true,
    change_reason: reason,
  };
}

export function closedVersion(version: ClientVersion, effectiveTo: string): ClientVersion {
  return { ...version, effective_to: effectiveTo, is_current: false };
}

export function reopenedVersion(version: ClientVersion): ClientVersion {
  return { ...version, effective_to: null, is_current: true };
}

/** The tracked columns in which two records differ. */
export function changedColumns(before: ClientRecord, after: ClientRecord): string[] {
  return trackedColumns.filter((column) => before[column] !== after[column]);
}
