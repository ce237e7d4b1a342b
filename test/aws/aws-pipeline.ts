import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { openAws } from '../../lambdas/wiring/aws.ts';
import { type AwsSettings, readAwsSettings } from '../../lambdas/wiring/config.ts';
import { freshBucket } from './moto-bucket.ts';
import { motoOptions } from './moto-clients.ts';
import { freshTable } from './moto-table.ts';

/** A deployed environment as moto can be one: two buckets, a ledger, a topic, and the org's secret. */
export interface AwsSite {
  readonly settings: AwsSettings;
  open(): ReturnType<typeof openAws>;
  /** Uploads every file below the folder, under its path. */
  upload(folder: string): Promise<void>;
  dispose(): Promise<void>;
}

export async function awsSite(orgSecret: string | null): Promise<AwsSite> {
  const raw = await freshBucket();
  const lake = await freshBucket();
  const ledger = await freshTable();
  const sns = new SNSClient(motoOptions());
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: `topic-${randomUUID()}` }));
  const org = orgSecret === null ? undefined : `org-${randomUUID()}`;
  if (orgSecret !== null) {
    const secrets = new SecretsManagerClient(motoOptions());
    await secrets.send(new CreateSecretCommand({ Name: org, SecretString: orgSecret }));
  }
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'aws-site-'));
  const environment = {
    HEADWATER_RAW_BUCKET: raw.bucket,
    HEADWATER_LAKE_BUCKET: lake.bucket,
    HEADWATER_LEDGER_TABLE: ledger.name,
    HEADWATER_TOPIC_ARN: TopicArn,
    HEADWATER_WORKGROUP: 'headwater-test',
    HEADWATER_DATABASE_PREFIX: 'headwater_test',
    HEADWATER_ORG_SECRET: org,
    HEADWATER_MEMORY_MB: '512',
    HEADWATER_THREADS: '2',
    LAMBDA_TASK_ROOT: fileURLToPath(new URL('../../', import.meta.url)),
  };
  const settings = { ...readAwsSettings(environment), temporaryFolder };
  return {
    settings,
    open: () => openAws(settings, { client: motoOptions() }),
    upload: async (folder) => {
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const Key = path.slice(folder.length + 1);
        await raw.client.send(new PutObjectCommand({ Bucket: raw.bucket, Key, Body: await readFile(path) }));
      }
    },
    dispose: async () => {
      const left = await readdir(temporaryFolder);
      await rm(temporaryFolder, { recursive: true, force: true });
      for (const one of [raw, lake, ledger]) await one.dispose();
      if (left.length > 0) throw new Error(`Temporary storage was not emptied: ${left.join(', ')}.`);
    },
  };
}
