import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf } from '../../lib/constructs/bundling.ts';
import { type ServingFunctionName, servingFunctions } from '../../lib/serving-functions.ts';
import { type FunctionName, stageRights, usesEngine } from '../../lib/stage-rights.ts';
import { resources } from './synthesise.ts';
import { gatewayRequest } from '../support/gateway-request.ts';

const stages = Object.keys(stageRights) as FunctionName[];
const serving = Object.keys(servingFunctions) as ServingFunctionName[];
type Name = FunctionName | ServingFunctionName;
const names: readonly Name[] = [...stages, ...serving];
const hasEngine = (name: Name) => stages.some((stage) => stage === name && usesEngine(stage));
/** Nothing of the lake is in these. */
const small: readonly Name[] = ['intake', 'token-claims'];
const megabyte = 1_000_000;
const largestZip = 50 * megabyte;
const largestUnzipped = 250 * megabyte;
const run = promisify(execFile);
let folder = '';
const bundles = new Map<Name, string>();

/** Bundles every function as the deployment does, into a folder outside of the project: nothing of the project's packages is in reach there. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-package-'));
  const app = new App({ outdir: folder });
  const stack = new Stack(app, 'Functions');
  const cpu = process.arch === 'arm64' ? 'arm64' : 'x64';
  for (const stage of names) new NodejsFunction(stack, stage, codeOf({ stage, usesEngine: hasEngine(stage), cpu }));
  app.synth();
  for (const { id, Properties } of resources(Template.fromStack(stack), 'AWS::Lambda::Function')) {
    const { S3Key } = Properties.Code as { S3Key: string };
    const stage = names.find((name) => id.toLowerCase().startsWith(name.replaceAll('-', '')));
    if (stage !== undefined) bundles.set(stage, join(folder, `asset.${S3Key.replace('.zip', '')}`));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bundleOf = (name: Name) => bundles.get(name) ?? '';

function filesOf(bundle: string): string[] {
  return readdirSync(bundle, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(bundle, name)).isFile(),
  );
}

const deflated = new Map<string, number>();
/** Bytes of a zip with these files, without its directory. The binding of DuckDB is the same in all. */
function zippedBytes(bundle: string): number {
  return filesOf(bundle).reduce((sum, name) => {
    const path = join(bundle, name);
    const key = `${name} ${statSync(path).size}`;
    const bytes = deflated.get(key) ?? deflateRawSync(readFileSync(path)).length;
    deflated.set(key, bytes);
    return sum + bytes;
  }, 0);
}

const environment = {
  HEADWATER_RAW_BUCKET: 'raw',
  HEADWATER_LAKE_BUCKET: 'lake',
  HEADWATER_LEDGER_TABLE: 'ledger',
  HEADWATER_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:topic',
  HEADWATER_WORKGROUP: 'headwater-dev',
  HEADWATER_DATABASE_PREFIX: 'headwater_dev',
  HEADWATER_STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:machine',
  POWERTOOLS_METRICS_NAMESPACE: 'Headwater',
  AWS_REGION: 'us-east-1',
  // Nothing answers there: a function that calls AWS for these events would fail.
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
};

interface Outcome {
  readonly output?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
}

/** Handles one event in a Node process that has the bundle and nothing else. */
async function handle(name: Name, event: object, variables: Record<string, string> = environment): Promise<Outcome> {
  const script = `
    const { handler } = await import('./index.mjs');
    const context = { functionName: 'f', awsRequestId: 'r', getRemainingTimeInMillis: () => 60_000 };
    const outcome = await handler(${JSON.stringify(event)}, context).then(
      (output) => ({ output }),
      ({ name, message }) => ({ error: { name, message } }),
    );
    process.stdout.write('\\noutcome:' + JSON.stringify(outcome) + '\\n', () => process.exit(0));`;
  const bundle = bundleOf(name);
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: bundle,
    env: { ...variables, LAMBDA_TASK_ROOT: bundle, TMPDIR: folder },
  });
  const line = stdout.split('\n').find((text) => text.startsWith('outcome:')) ?? 'outcome:{}';
  return JSON.parse(line.slice('outcome:'.length)) as Outcome;
}

describe.each(names)('the package of %s', (name) => {
  test('fits into a function, zipped and unzipped', () => {
    const bundle = bundleOf(name);
    const files = filesOf(bundle);
    expect(files).toContain('index.mjs');
    expect(files.reduce((sum, file) => sum + statSync(join(bundle, file)).size, 0)).toBeLessThan(largestUnzipped);
    expect(zippedBytes(bundle)).toBeLessThan(small.includes(name) ? 2 * megabyte : largestZip);
  });

  test('says where its source map is, so that a trace names sources', () => {
    expect(filesOf(bundleOf(name))).toContain('index.mjs.map');
    expect(readFileSync(join(bundleOf(name), 'index.mjs'), 'utf8')).toMatch(
      /\n\/\/# sourceMappingURL=index\.mjs\.map\s*$/,
    );
  });

  test('has DuckDB and the configuration only where they are used', () => {
    const files = filesOf(bundleOf(name));
    const bindings = files.filter((file) => file.endsWith('.node'));
    expect(bindings).toHaveLength(hasEngine(name) ? 1 : 0);
    expect(files.includes('config/sources/sales.json')).toBe(hasEngine(name));
    expect(files.includes('glue-sql/dialect/duckdb-prelude.sql')).toBe(hasEngine(name));
    expect(readFileSync(join(bundleOf(name), 'index.mjs'), 'utf8').includes('@duckdb/node-api')).toBe(hasEngine(name));
  });

  test('has no test, simulator or other sources', () => {
    const foreign = filesOf(bundleOf(name)).filter(
      (file) => !/^(index\.mjs(\.map)?|package(-lock)?\.json|node_modules\/.*|config\/.*|glue-sql\/.*)$/.test(file),
    );
    expect(foreign).toEqual([]);
  });
});

describe.each(names.filter((name) => name !== 'token-claims'))('%s without its environment', (name) => {
  test('names what is missing', async () => {
    const { error } = await handle(name, { Records: [] }, {});
    expect(error?.name).toBe('ConfigurationError');
    expect(error?.message).toContain('HEADWATER_LAKE_BUCKET');
  });
});

describe.each(stages.filter((name) => name !== 'intake'))('%s by itself', (name) => {
  test('loads its engine and configuration, and refuses an event without its fields', async () => {
    const { error } = await handle(name, { nonsense: true });
    expect(error?.name).toMatch(/ZodError/);
    expect(error?.message).toMatch(name === 'plan-run' ? /request/ : /run/);
  });
});

describe('intake by itself', () => {
  test('takes an empty batch', async () => {
    expect(await handle('intake', { Records: [] })).toEqual({ output: { batchItemFailures: [] } });
  });

  test('gives back a message that is no file event', async () => {
    const outcome = await handle('intake', { Records: [{ messageId: 'm1', body: 'hello' }] });
    expect(outcome).toEqual({ output: { batchItemFailures: [{ itemIdentifier: 'm1' }] } });
  });
});

describe('api by itself', () => {
  test('describes itself', async () => {
    const { output } = await handle('api', gatewayRequest('/openapi.json', null));
    expect(output).toMatchObject({ statusCode: 200 });
  });

  test('lets nobody in whose claims say nothing', async () => {
    const { output } = await handle('api', gatewayRequest('/api/customers', null));
    expect(output).toMatchObject({ statusCode: 401, headers: { 'content-type': 'application/problem+json' } });
  });

  test('says that there are no data while it cannot get any', async () => {
    const { output } = await handle(
      'api',
      gatewayRequest('/api/customers', { sub: 'someone', 'cognito:groups': '[analyst]' }),
    );
    expect(output).toMatchObject({ statusCode: 503, headers: { 'retry-after': '30' } });
  });
});

describe('token-claims by itself', () => {
  test('gives a token the scopes of its group', async () => {
    const event = {
      request: { groupConfiguration: { groupsToOverride: ['operator'] }, userAttributes: {} },
      response: {},
    };
    const { output } = await handle('token-claims', event);
    expect(JSON.stringify(output)).toContain('headwater/operations:read');
  });
});
