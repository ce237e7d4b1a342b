import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import salesforce from '../../config/sources/salesforce.json' with { type: 'json' };
import { DynamoDbActions } from '../adapters/dynamodb/actions.ts';
import { DynamoDbFiles } from '../adapters/dynamodb/files.ts';
import { LedgerTable } from '../adapters/dynamodb/ledger-table.ts';
import { DynamoDbLeases } from '../adapters/dynamodb/leases.ts';
import { DynamoDbRuns } from '../adapters/dynamodb/runs.ts';
import { S3Lake } from '../adapters/s3-lake.ts';
import { S3Workspace } from '../adapters/s3-workspace.ts';
import { SecretsManagerSecrets } from '../adapters/secrets-manager-secrets.ts';
import { SqliteServingStore } from '../adapters/sqlite-serving-store.ts';
import { principalOfClaims } from '../api/principal.ts';
import type { ApiPorts, ApiSettings } from '../api/route.ts';
import { salesforceSourceSchema } from '../domain/salesforce-source.ts';
import type { CrmSource } from '../ports/crm-source.ts';
import type { Leases } from '../ports/leases.ts';
import type { AwsApiSettings } from './config.ts';
import { lazyCrmSource } from './lazy-crm-source.ts';
import { removeLeftBehind } from './left-behind.ts';

export interface AwsApi {
  readonly ports: ApiPorts & { readonly leases: Leases };
  readonly settings: ApiSettings;
}

/** Snapshots are looked for so often, by whatever request comes then. */
const refreshMilliseconds = 5_000;
/** A frozen function wakes with connections that nobody answers any more: S3 is given up then, and the next look asks anew. */
const connectMilliseconds = 2_000;
const silenceMilliseconds = 5_000;

/** To be called once, before the process makes files of its own. */
export async function freeTemporaryFolder(settings: AwsApiSettings): Promise<void> {
  if (settings.ownsTemporaryFolder) await removeLeftBehind(settings.temporaryFolder);
}

/** The API on AWS, for as long as the function is warm: snapshots from S3, the ledger in DynamoDB, no engine. */
export function openAwsApi(settings: AwsApiSettings): AwsApi {
  const now = () => new Date();
  const s3 = new S3Client({
    requestHandler: { connectionTimeout: connectMilliseconds, socketTimeout: silenceMilliseconds },
  });
  const lake = new S3Lake(s3, settings.lakeBucket, now);
  const ledger = new LedgerTable(new DynamoDBClient(), settings.ledgerTable);
  const workspace = () => new S3Workspace(s3, settings.lakeBucket, lake, settings.temporaryFolder);
  const { org } = settings;
  return {
    ports: {
      store: new SqliteServingStore(lake, workspace, now),
      lake,
      runs: new DynamoDbRuns(ledger),
      files: new DynamoDbFiles(ledger),
      actions: new DynamoDbActions(ledger),
      leases: new DynamoDbLeases(ledger),
      crm: org === null ? null : lazyCrmSource(() => openCrm(org, now)),
      now,
      newId: () => randomUUID(),
    },
    settings: {
      authenticate: (_request, env) => principalOfClaims(claimsOf(env)),
      allowedOrigins: settings.allowedOrigins,
      // The gateway answers to its own names only.
      allowedHosts: null,
      rateLimit: { perSecond: 20, burst: 100 },
      allowanceSeconds: settings.allowanceSeconds,
      refreshMilliseconds,
      waitsForNewer: true,
      log: (line) => process.stdout.write(`${line}\n`),
    },
  };
}

/** What the gateway's JWT authorizer verified, as the adapter hands its event over. */
function claimsOf(env: unknown): unknown {
  const { event } = env as { event?: { requestContext?: { authorizer?: { jwt?: { claims?: unknown } } } } };
  return event?.requestContext?.authorizer?.jwt?.claims;
}

async function openCrm(secretName: string, now: () => Date): Promise<CrmSource> {
  const { salesforceSource } = await import('./salesforce.ts');
  return salesforceSource({
    source: salesforceSourceSchema.parse(salesforce),
    secretName,
    secrets: new SecretsManagerSecrets(new SecretsManagerClient()),
    now,
    random: Math.random,
    warn: (line) => process.stdout.write(`${JSON.stringify({ warning: line })}\n`),
  });
}
