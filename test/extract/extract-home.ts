import { generateKeyPairSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Model } from '../../lambdas/domain/model.ts';
import type { Configuration } from '../../lambdas/domain/configuration.ts';
import { runLocally } from '../../lambdas/pipeline/run-locally.ts';
import type { PipelinePorts } from '../../lambdas/ports/pipeline-ports.ts';
import { lakeRows } from '../../lambdas/steps/lake-rows.ts';
import type { PlanRunInput } from '../../lambdas/steps/plan-run.ts';
import { type LocalPipeline, openLocal } from '../../lambdas/wiring/local.ts';
import { OrgDatabase } from '../../simulator/org/org-database.ts';
import { orgShapes } from '../../simulator/org/shapes/org-shapes.ts';
import {
  type SalesforceOptions,
  type SimulatedSalesforce,
  startSalesforce,
} from '../../simulator/salesforce/start-salesforce.ts';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';
import { pipelineSettings } from '../support/pipeline-settings.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const username = 'integration@example.com';
const clientId = 'headwater-test';

/** A word that is in every secret of these tests and must be nowhere else. */
export const canary = 'CANARY7f3a9c';

export interface ExtractHome {
  readonly home: string;
  readonly database: OrgDatabase;
  readonly server: SimulatedSalesforce;
  readonly pipeline: LocalPipeline;
  /** Goes on with other settings of config/sources/salesforce.json. */
  configure(source: object): Promise<void>;
  /** Runs the state machine; an error is returned, not thrown. Builds these models and what they read, none by default. */
  run(
    input?: Partial<PlanRunInput>,
    models?: readonly string[],
    replaced?: Partial<PipelinePorts>,
  ): Promise<Error | null>;
  rows(sql: string): Promise<Record<string, string | number | boolean | null>[]>;
  /** Statuses of the newest run, object -> status. */
  statuses(): Promise<Record<string, string>>;
  /** Puts another login in place of the secret, as somebody does who rotates it. */
  rotate(secret: object): void;
  dispose(): Promise<void>;
}

export interface HomeOptions {
  readonly objects: readonly object[];
  /** More settings of config/sources/salesforce.json. */
  readonly source?: object;
  readonly server?: Partial<SalesforceOptions>;
  readonly now?: string;
  readonly pageRecords?: number;
  readonly secret?: object;
  /** Fills the org before it is served. */
  readonly fill?: (database: OrgDatabase) => Promise<void>;
}

/** A lake, an org in memory and its server, all of one test. */
export async function extractHome(options: HomeOptions): Promise<ExtractHome> {
  const home = await temporaryFolder();
  const database = await OrgDatabase.open(':memory:', orgShapes);
  await database.setNow(new Date(options.now ?? '2025-06-30T12:00:00Z'));
  await options.fill?.(database);
  const server = await startSalesforce({
    database,
    clients: [
      {
        clientId,
        certificate: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        clientSecret: `secret-${canary}`,
        runAs: username,
      },
    ],
    users: [{ username, password: `pw-${canary}`, securityToken: `token-${canary}` }],
    ...options.server,
  });
  const environment: Record<string, string> = {};
  const rotate = (secret: object) => {
    environment.HEADWATER_SECRET_ORG = JSON.stringify({ flow: 'jwt', loginUrl: server.url, ...secret });
  };
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  rotate(options.secret ?? { clientId, username, privateKey: key });
  let pipeline = await openPipeline(home, environment, options);
  const rows = (sql: string) => lakeRows(pipeline.ports, pipeline.parser, sql);
  return {
    home,
    database,
    server,
    get pipeline() {
      return pipeline;
    },
    configure: async (source) => {
      await pipeline.close();
      pipeline = await openPipeline(home, environment, { ...options, source: { ...options.source, ...source } });
    },
    rows,
    rotate,
    run: async (input = {}, models = [], replaced = {}) => {
      const full = { asOf: '2025-06-30', rebuild: false, resume: null, ...input };
      return (
        await runLocally(
          { ...pipeline.ports, configuration: withModels(pipeline.ports.configuration, models), ...replaced },
          full,
          new AbortController().signal,
        )
      ).error;
    },
    statuses: async () => {
      const [newest] = await pipeline.ports.runs.list(1);
      const found = await rows(`select object, status from ops.extract_status where run_id = '${newest?.id}'`);
      return Object.fromEntries(found.map(({ object, status }) => [String(object), String(status)]));
    },
    dispose: async () => {
      await pipeline.close();
      await server.close();
      database.close();
      await removeFolder(home);
    },
  };
}

async function openPipeline(
  home: string,
  environment: Readonly<Record<string, string>>,
  options: HomeOptions,
): Promise<LocalPipeline> {
  const overlay = join(home, 'config');
  await mkdir(join(overlay, 'sources'), { recursive: true });
  const source = {
    owner: 'crm@example.com',
    secret: 'org',
    api_version: '62.0',
    objects: options.objects,
    ...options.source,
  };
  await writeFile(join(overlay, 'sources', 'salesforce.json'), JSON.stringify(source));
  const settings = pipelineSettings(home, { configurationOverlay: overlay, org: 'org', environment });
  return await openLocal(settings, {
    sleep: async () => {},
    ...(options.pageRecords === undefined ? {} : { pageRecords: options.pageRecords }),
  });
}

/** The configuration with only these models and those they read: dozens of runs need not build marts. */
function withModels(configuration: Configuration, tables: readonly string[]): Configuration {
  const kept = new Set(tables);
  for (const model of configuration.models.toReversed()) {
    if (kept.has(model.table)) for (const input of model.inputs) kept.add(input);
  }
  const models = configuration.models.filter((model) => kept.has(model.table));
  return { ...configuration, models: models.map((model) => withAnswerableChecks(model, configuration, kept)) };
}

/** Without the checks that read tables which are not made. */
function withAnswerableChecks(model: Model, { checkTables }: Configuration, kept: ReadonlySet<string>): Model {
  const checks = model.contract.checks.filter(({ to, file }) => {
    const reads = [
      ...(to === undefined ? [] : [to.split('.').slice(0, 2).join('.')]),
      ...(checkTables.get(file ?? '') ?? []),
    ];
    return reads.every((table) => kept.has(table));
  });
  return { ...model, contract: { ...model.contract, checks } };
}
