import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AthenaClient, CreateWorkGroupCommand } from '@aws-sdk/client-athena';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { vi } from 'vitest';
import type { ResourceNames } from '../../lambdas/domain/resource-names.ts';
import { openAws } from '../../lambdas/wiring/aws.ts';
import { readAwsSettings } from '../../lambdas/wiring/config.ts';
import { freshDatabases } from './moto-databases.ts';
import { freshBucket } from './moto-bucket.ts';
import { motoOptions } from './moto-clients.ts';
import { freshTable } from './moto-table.ts';

/** A deployed environment as moto can be one: two buckets, a ledger, a topic, a state machine, and the org's secret. */
export interface AwsSite {
  readonly stateMachineArn: string;
  /** The pipeline, told of the environment by this process's variables, as a function is. */
  open(): ReturnType<typeof openAws>;
  /** Uploads every file below the folder, under its path. Returns the keys. */
  upload(folder: string): Promise<string[]>;
  /** Puts one object into the raw bucket. */
  drop(key: string, body: string | Uint8Array): Promise<void>;
  dispose(): Promise<void>;
}

/**
 * Makes the environment, by names of its own or by those given, and sets the environment variables of this process to lead to it until it
 * is disposed of.
 */
export async function awsSite(orgSecret: string | null, names?: ResourceNames): Promise<AwsSite> {
  const raw = await freshBucket(names?.rawBucket);
  const lake = await freshBucket(names?.lakeBucket);
  const ledger = await freshTable(names?.ledgerTable);
  const { TopicArn } = await new SNSClient(motoOptions()).send(
    new CreateTopicCommand({ Name: `topic-${randomUUID()}` }),
  );
  const org = orgSecret === null ? undefined : `org-${randomUUID()}`;
  if (orgSecret !== null) {
    const secrets = new SecretsManagerClient(motoOptions());
    await secrets.send(new CreateSecretCommand({ Name: org, SecretString: orgSecret }));
  }
  const databases = await freshDatabases(names?.databasePrefix);
  const stateMachineArn = await stateMachine(names?.stateMachine);
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'aws-site-'));
  const variables = {
    ...sdkVariables(),
    HEADWATER_RAW_BUCKET: raw.bucket,
    HEADWATER_LAKE_BUCKET: lake.bucket,
    HEADWATER_LEDGER_TABLE: ledger.name,
    HEADWATER_TOPIC_ARN: TopicArn,
    HEADWATER_WORKGROUP: await workgroup(names?.workgroup),
    HEADWATER_DATABASE_PREFIX: databases.prefix,
    HEADWATER_ORG_SECRET: org,
    HEADWATER_STATE_MACHINE_ARN: stateMachineArn,
    HEADWATER_MEMORY_MB: '512',
    HEADWATER_THREADS: '2',
    LAMBDA_TASK_ROOT: fileURLToPath(new URL('../../', import.meta.url)),
    TMPDIR: temporaryFolder,
    // Functions log and count as they do in Lambda; test/handlers looks at that.
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    POWERTOOLS_METRICS_NAMESPACE: 'Headwater',
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const drop = async (Key: string, Body: string | Uint8Array) => {
    await raw.client.send(new PutObjectCommand({ Bucket: raw.bucket, Key, Body }));
  };
  return {
    stateMachineArn,
    open: () => openAws(readAwsSettings()),
    drop,
    upload: async (folder) => {
      const keys: string[] = [];
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        keys.push(path.slice(folder.length + 1));
        await drop(path.slice(folder.length + 1), await readFile(path));
      }
      return keys;
    },
    dispose: async () => {
      vi.unstubAllEnvs();
      const left = await readdir(temporaryFolder);
      await rm(temporaryFolder, { recursive: true, force: true });
      for (const one of [raw, lake, ledger]) await one.dispose();
      if (left.length > 0) throw new Error(`Temporary storage was not emptied: ${left.join(', ')}.`);
    },
  };
}

/** What leads every client of the SDK to moto. An address that is an IP makes S3 put the bucket into the path by itself. */
export function sdkVariables(): Record<string, string> {
  const { endpoint, region, credentials } = motoOptions();
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}

async function workgroup(Name = `workgroup-${randomUUID()}`): Promise<string> {
  await new AthenaClient(motoOptions()).send(new CreateWorkGroupCommand({ Name }));
  return Name;
}

/** A state machine that only takes executions: moto starts them and runs nothing. */
async function stateMachine(name = `machine-${randomUUID()}`): Promise<string> {
  const answer = await new SFNClient(motoOptions()).send(
    new CreateStateMachineCommand({
      name,
      roleArn: 'arn:aws:iam::123456789012:role/machine',
      definition: JSON.stringify({ StartAt: 'end', States: { end: { Type: 'Succeed' } } }),
    }),
  );
  return answer.stateMachineArn ?? '';
}
