import { setTimeout as wait } from 'node:timers/promises';
import { parseCredentials } from '../adapters/salesforce/credentials.ts';
import { SalesforceSession } from '../adapters/salesforce/session.ts';
import { SalesforceCrmBulk } from '../adapters/salesforce-crm-bulk.ts';
import { SalesforceCrmSource } from '../adapters/salesforce-crm-source.ts';
import type { SalesforceSource } from '../domain/salesforce-source.ts';
import type { CrmSource } from '../ports/crm-source.ts';
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
  const { now } = wiring;
  const session = sessionOf(wiring);
  const sleep = sleepOf(wiring);
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

type SessionWiring = Pick<SalesforceWiring, 'source' | 'secretName' | 'secrets' | 'now' | 'random' | 'warn' | 'sleep'>;

/** An org of which only small things are asked: no bulk, and so no place to load it to. */
export function salesforceSource(wiring: SessionWiring): CrmSource {
  return new SalesforceCrmSource(sessionOf(wiring));
}

function sessionOf(wiring: SessionWiring): SalesforceSession {
  const { secretName, secrets, now } = wiring;
  return new SalesforceSession({
    secretName,
    credentials: async () => parseCredentials(secretName, await secrets.get(secretName)),
    apiVersion: wiring.source.api_version,
    now,
    random: wiring.random,
    sleep: sleepOf(wiring),
    warn: wiring.warn,
  });
}

function sleepOf({ sleep }: SessionWiring): (milliseconds: number, signal: AbortSignal) => Promise<void> {
  return sleep ?? ((milliseconds, signal) => wait(milliseconds, undefined, { signal }));
}
