import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AthenaClient } from '@aws-sdk/client-athena';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { GlueRegistry } from '../adapters/athena/glue-registry.ts';
import { AthenaEngine } from '../adapters/athena-engine.ts';
import { runStatement } from '../adapters/athena/run-statement.ts';
import { readConfiguration } from '../adapters/configuration-folder.ts';
import { DuckDbDropReader } from '../adapters/duckdb-drop-reader.ts';
import { DuckDbEngine } from '../adapters/duckdb-engine.ts';
import { DuckDbExtractLoader } from '../adapters/duckdb-extract-loader.ts';
import { DuckDbParquetFooters } from '../adapters/duckdb-parquet-footers.ts';
import { DuckDbSqlParser } from '../adapters/duckdb-sql-parser.ts';
import { DuckDbSqliteSnapshots } from '../adapters/duckdb-sqlite-snapshots.ts';
import { DynamoDbActions } from '../adapters/dynamodb/actions.ts';
import { DynamoDbCursors } from '../adapters/dynamodb/cursors.ts';
import { DynamoDbFiles } from '../adapters/dynamodb/files.ts';
import { LedgerTable } from '../adapters/dynamodb/ledger-table.ts';
import { DynamoDbLeases } from '../adapters/dynamodb/leases.ts';
import { DynamoDbRuns } from '../adapters/dynamodb/runs.ts';
import { GlueAnalystTables } from '../adapters/glue-analyst-tables.ts';
import { uploadFile } from '../adapters/s3/upload-file.ts';
import { S3Catalog } from '../adapters/s3-catalog.ts';
import { S3Lake } from '../adapters/s3-lake.ts';
import { S3Workspace } from '../adapters/s3-workspace.ts';
import { SecretsManagerSecrets } from '../adapters/secrets-manager-secrets.ts';
import { SnsNotifier } from '../adapters/sns-notifier.ts';
import { buildDatabaseName } from '../domain/resource-names.ts';
import { noCrash } from '../domain/crash-points.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { assertSafeKey } from '../domain/object-key.ts';
import type { CrmPorts, PipelinePorts } from '../ports/pipeline-ports.ts';
import type { SqlParser } from '../ports/sql-parser.ts';
import type { AwsSettings } from './config.ts';
import { salesforcePorts } from './salesforce.ts';

/** Batches of files that functions collect at the same time. */
const concurrency = 10;

/** Milliseconds until the first look at a statement in Athena, and at most between two. */
const statementPolls = { pollFirst: 200, pollMost: 5_000 };

const bytesOfMegabyte = 1_048_576;

export interface AwsOptions {
  /** Where the CRM adapter's warnings are shown. */
  readonly tell?: (line: string) => void;
}

/** The pipeline on AWS, for one invocation: S3 for each bucket, DynamoDB for the ledger, DuckDB over the function's temporary storage. */
export interface AwsPipeline {
  readonly ports: PipelinePorts;
  readonly parser: SqlParser;
  /** Sends a local file to the raw bucket. */
  readonly drop: (path: string, key: string) => Promise<void>;
  /** Empties the temporary storage and gives memory back; must be called, also after a failure. */
  close(): Promise<void>;
}

export async function openAws(settings: AwsSettings, options: AwsOptions = {}): Promise<AwsPipeline> {
  const sql = join(settings.projectFolder, 'glue-sql');
  const parser = new DuckDbSqlParser();
  const configuration = await readConfiguration(
    { config: join(settings.projectFolder, 'config'), sql, overlay: null },
    parser,
  );
  // Region, credentials and, where another server stands in for AWS, its address (AWS_ENDPOINT_URL) come from the SDK's own environment.
  const s3 = new S3Client();
  const sns = new SNSClient();
  const dynamo = new DynamoDBClient();
  const secretsManager = new SecretsManagerClient();
  const glue = new GlueClient();
  const athena = new AthenaClient();
  const folder = await mkdtemp(join(settings.temporaryFolder, 'headwater-run-'));
  const now = () => new Date();
  const raw = new S3Lake(s3, settings.rawBucket, now);
  const lake = new S3Lake(s3, settings.lakeBucket, now);
  const workspace = () => new S3Workspace(s3, settings.lakeBucket, lake, folder);
  const session = async (prelude: string | undefined) => ({
    threads: settings.threads,
    memoryMegabytes: settings.memoryMegabytes,
    allowedFolders: [folder],
    spillFolder: folder,
    prelude,
  });
  const engine = new DuckDbEngine(workspace(), async () =>
    session(await readFile(join(sql, 'dialect', 'duckdb-prelude.sql'), 'utf8')),
  );
  const lakeUri = `s3://${settings.lakeBucket}`;
  const larger = {
    engine: new AthenaEngine({
      site: { client: athena, workgroup: settings.workgroup, ...statementPolls },
      registry: new GlueRegistry(glue, buildDatabaseName(settings), lakeUri),
      lake,
      lakeUri,
      footers: new DuckDbParquetFooters(lake, workspace(), () => session(undefined)),
      local: engine,
    }),
    limits: {
      memory: settings.memoryMegabytes * bytesOfMegabyte,
      disk: settings.scratchMegabytes * bytesOfMegabyte,
    },
  };
  const crmPorts = (): CrmPorts | null => {
    const { org } = settings;
    if (org === null) return null;
    if (configuration.salesforce === null) {
      throw new ConfigurationError(['an org is asked for, and there is no config/sources/salesforce.json']);
    }
    const pages = workspace();
    return salesforcePorts({
      source: configuration.salesforce,
      secretName: org,
      secrets: new SecretsManagerSecrets(secretsManager),
      loader: new DuckDbExtractLoader(pages, () => session(undefined)),
      workspace: pages,
      now,
      random: Math.random,
      warn: options.tell ?? (() => {}),
      compressed: true,
    });
  };
  const ledger = new LedgerTable(dynamo, settings.ledgerTable);
  const ports: PipelinePorts = {
    raw,
    lake,
    drops: new DuckDbDropReader({
      raw,
      workspace: workspace(),
      // A dropped object is nowhere on this machine until it is read.
      localPath: async () => null,
      settings: () => session(undefined),
    }),
    engine,
    larger,
    engineChoice: settings.engine,
    catalog: new S3Catalog(s3, settings.lakeBucket, lake, noCrash),
    snapshots: new DuckDbSqliteSnapshots(workspace(), () => session(undefined)),
    analysts: new GlueAnalystTables({
      client: glue,
      databasePrefix: settings.databasePrefix,
      lake,
      lakeUri,
      run: (text, signal) =>
        runStatement({ client: athena, workgroup: settings.workgroup, ...statementPolls }, text, signal),
    }),
    crm: crmPorts(),
    runs: new DynamoDbRuns(ledger),
    files: new DynamoDbFiles(ledger),
    cursors: new DynamoDbCursors(ledger),
    leases: new DynamoDbLeases(ledger),
    actions: new DynamoDbActions(ledger),
    notifier: new SnsNotifier(sns, settings.topicArn),
    progress: () => {},
    configuration,
    concurrency,
    now,
    random: Math.random,
    crash: noCrash,
  };
  return {
    ports,
    parser,
    drop: async (path, key) => {
      assertSafeKey(key);
      await uploadFile(s3, settings.rawBucket, path, key);
    },
    close: async () => {
      await engine.close();
      for (const one of [s3, sns, dynamo, secretsManager, glue, athena]) one.destroy();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
