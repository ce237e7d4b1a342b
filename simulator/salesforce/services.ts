import type { OrgDatabase } from '../org/org-database.ts';
import type { ApiUsage } from './api-usage.ts';
import type { Registrations } from './auth/registrations.ts';
import type { Sessions } from './auth/sessions.ts';
import type { Jobs } from './bulk/jobs.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { OrgSchema } from './org-schema.ts';
import type { RestQueries } from './rest-queries.ts';

/** What the routes work with. */
export interface Services {
  readonly database: OrgDatabase;
  /** The org's objects as they are now. */
  readonly schema: () => OrgSchema;
  readonly registrations: Registrations;
  readonly sessions: Sessions;
  readonly queries: RestQueries;
  readonly jobs: Jobs;
  readonly usage: ApiUsage;
  readonly faults: FaultPlan;
  readonly organizationId: string;
  /** Where the server listens. */
  readonly url: () => string;
  /** Rows on a page of Bulk results, at most. */
  readonly pageRows: number;
  /** Milliseconds that a session lives without being used. */
  readonly sessionLifetime: number;
  /** Real time: logins and sessions go by it, the org's data do not. */
  readonly wallClock: () => Date;
}
