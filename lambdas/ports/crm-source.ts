import type { CrmField, CrmObject } from '../domain/crm-object.ts';

/** API requests of the last 24 hours and the most that the org may make, as the last answer told. */
export interface Quota {
  readonly used: number;
  readonly limit: number;
}

export interface CrmStatus {
  /** Id of the org: one lake holds one org. */
  readonly orgId: string;
  /** The server's clock. */
  readonly serverTime: Date;
  readonly quota: Quota;
}

/** Field (as selected) -> text as Salesforce's CSV would have it; null where empty. */
export type CrmRecord = Readonly<Record<string, string | null>>;

/** Ids of changed or deleted records of a period. */
export interface ChangedIds {
  readonly changes: readonly { id: string; at: string }[];
  /** Up to here the answer is complete, UTC ISO. */
  readonly coveredUntil: string;
  /** Before this nothing is known any more; null where the call does not tell. */
  readonly knownSince: string | null;
}

export interface NewTask {
  readonly whatId: string;
  readonly subject: string;
  readonly description: string;
  /** ISO date. */
  readonly dueOn: string;
  readonly priority: 'High' | 'Normal' | 'Low';
}

/**
 * A CRM that is read for changes. Every call logs in when it must and retries what may pass. Throws CredentialsError when the login is
 * refused, QuotaExceededError when no request is left, SourceUnavailableError when retrying did not help, SourceError otherwise.
 */
export interface CrmSource {
  status(signal: AbortSignal): Promise<CrmStatus>;
  /** What the object looks like now; null when the org does not have it or this user may not see it. */
  describe(object: string, signal: AbortSignal): Promise<CrmObject | null>;
  /** All records of a small query, deleted ones included; `total` counts them on the server. `fields` tell which values are time stamps. */
  select(
    soql: string,
    signal: AbortSignal,
    fields?: readonly CrmField[],
  ): Promise<{ total: number; records: CrmRecord[] }>;
  changes(
    kind: 'updated' | 'deleted',
    object: string,
    period: { from: string; to: string },
    signal: AbortSignal,
  ): Promise<ChangedIds>;
  /** Creates a task and returns its id. */
  createTask(task: NewTask, signal: AbortSignal): Promise<string>;
  /** As the last answer told; without a request. */
  quota(): Quota;
}
