import { setTimeout as wait } from 'node:timers/promises';
import { parseCredentials } from '../adapters/salesforce/credentials.ts';
import { SalesforceSession } from '../adapters/salesforce/session.ts';
import { SalesforceCrmBulk } from '../adapters/salesforce-crm-bulk.ts';
import { SalesforceCrmSource } from '../adapters/salesforce-crm-source.ts';
import type { SalesforceSource } from '../domain/salesforce-source.ts';
import type { ExtractLoader } from '../ports/extract-loader.ts';
import type { CrmPorts } from '../ports/pipeline-ports.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { Workspace } from '../ports/workspace.ts';

/** Records of a page of bulk results: large enough for one good Parquet file, small enough to be read again after a broken connection. */
const pageRecords = 50_000;

export interface SalesforceWiring {
  readonly source: SalesforceSource;
  /** Name of the secret with the login. */
  readonly secretName: string;
  readonly secrets: Secrets;
  readonly loader: ExtractLoader;
  /** Shared with the loader, which removes the pages. */
  readonly workspace: Workspace;
  readonly now: () => Date;
  readonly random: () => number;
  readonly warn: (line: string) => void;
  readonly pageRecords?: number | undefined;
  readonly compressed: boolean;
  readonly sleep?: ((milliseconds: number, signal: AbortSignal) => Promise<void>) | undefined;
}

/** A Salesforce org as the pipeline reads it, here and on AWS. */
export function salesforcePorts(wiring: SalesforceWiring): CrmPorts {
  const { secretName, secrets, now } = wiring;
  const sleep = wiring.sleep ?? ((milliseconds, signal) => wait(milliseconds, undefined, { signal }));
  const session = new SalesforceSession({
    secretName,
    credentials: async () => parseCredentials(secretName, await secrets.get(secretName)),
    apiVersion: wiring.source.api_version,
    now,
    random: wiring.random,
    sleep,
    warn: wiring.warn,
  });
  return {
    source: new SalesforceCrmSource(session),
    bulk: new SalesforceCrmBulk(session, wiring.workspace, {
      pageRecords: wiring.pageRecords ?? pageRecords,
      compressed: wiring.compressed,
      sleep,
      now,
    }),
    loader: wiring.loader,
  };
}
