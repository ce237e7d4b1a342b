import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resourceNames } from '../../lambdas/domain/resource-names.ts';
import { headwater } from '../cli/cli-process.ts';
import { type AwsSite, awsSite, sdkVariables } from './aws-pipeline.ts';
import { executeDeployed, startedExecutions } from './deployed-functions.ts';

let site: AwsSite;
let folder: string;
const at = (...parameters: string[]) =>
  headwater([...parameters, '--env', 'dev'], 'headwater.ts', {
    ...sdkVariables(),
    HEADWATER_MEMORY_MB: '512',
    TMPDIR: folder,
  });

/** An environment by the names that a deployment gives, with one publication made by its functions. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deployed-'));
  site = await awsSite(null, resourceNames('dev', '123456789012'));
  const header = 'customer_id,first_name,last_name,address,pincode,phone_number,customer_joining_date\n';
  await site.drop(
    'landing/customers/customers_2025-06-01.csv',
    `${header}1,Ada,Smith,Street 1,100000,555,2024-01-01\n`,
  );
  expect((await executeDeployed({ asOf: '2025-06-30', rebuild: false, resume: null })).error).toBeNull();
});
afterAll(async () => {
  await site.dispose();
  await rm(folder, { recursive: true, force: true });
});

describe('headwater --env', () => {
  it('tells what readers of the deployed lake see', async () => {
    const [status, runs, files, quality] = await Promise.all([at('status'), at('runs'), at('files'), at('quality')]);
    for (const { code, stderr } of [status, runs, files, quality])
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(status.stdout).toContain('analytics.customer_summary');
    expect(runs.stdout).toContain('PUBLISHED');
    expect(files.stdout).toMatch(/customers_2025-06-01\.csv +PROCESSED/);
    expect(quality.stdout).toMatch(/checks, \d+ passed/);
  });

  it('answers a query', async () => {
    const { stdout } = await at('query', 'select customer_id, last_name from silver.customer', '--json');
    expect(JSON.parse(stdout)).toEqual([{ customer_id: '1', last_name: 'Smith' }]);
  });

  it('checks what the caller can reach', async () => {
    const { code, stdout } = await at('doctor');
    expect(code).toBe(0);
    expect(stdout).toContain(`environment: ${site.stateMachineArn}`);
    expect(stdout).not.toContain('FAILURE');
  });

  it('drops files, starts a run, and goes back', async () => {
    const path = join(folder, 'customers_2025-06-02.csv');
    await writeFile(
      path,
      'customer_id,first_name,last_name,address,pincode,phone_number,customer_joining_date\n2,Bo,Ek,S 2,1,5,2024-01-01\n',
    );
    expect((await at('drop', path)).stdout).toBe('dropped landing/customers/customers_2025-06-02.csv\n');
    const { execution } = JSON.parse((await at('run', '--as-of', '2025-06-30', '--json')).stdout) as {
      execution: string;
    };
    const input = (await startedExecutions(site.stateMachineArn))[execution];
    expect(input).toEqual({ asOf: '2025-06-30', rebuild: false, reconcile: false, engine: null, resume: null });
    expect((await executeDeployed(input ?? { asOf: null, rebuild: false, resume: null })).error).toBeNull();
    const count = async () => (await at('query', 'select count(*) as n from silver.customer', '--csv')).stdout;
    expect(await count()).toBe('n\r\n2\r\n');
    expect(await at('rollback')).toEqual({ code: 0, stdout: expect.stringContaining('Readers now see'), stderr: '' });
    expect(await count()).toBe('n\r\n1\r\n');
    expect((await at('gc', '--dry-run')).stdout).toContain('Would remove 0 publications');
  });

  it('says what it cannot do there', async () => {
    const [simulate, home, dry, prod] = await Promise.all([
      at('simulate'),
      at('status', '--home', folder),
      at('run', '--dry-run'),
      headwater(['status', '--env', 'prod'], 'headwater.ts', sdkVariables()),
    ]);
    for (const { code } of [simulate, home, dry, prod]) expect(code).toBe(2);
    expect(simulate.stderr).toContain('this machine only');
    expect(prod.stderr).toContain("There is no environment 'prod' in this account and region.");
  });

  it('says what to do without a login or a region', async () => {
    const nobody = {
      AWS_ENDPOINT_URL: sdkVariables().AWS_ENDPOINT_URL ?? '',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
      AWS_REGION: 'us-east-1',
    };
    const login = await headwater(['status', '--env', 'dev'], 'headwater.ts', nobody);
    expect({ code: login.code, stdout: login.stdout }).toEqual({ code: 4, stdout: '' });
    expect(login.stderr).toMatch(/AWS does not know who you are[\s\S]*aws sso login/);
    const region = await headwater(['status', '--env', 'dev'], 'headwater.ts', { ...nobody, AWS_REGION: '' });
    expect(region.code).toBe(2);
    expect(region.stderr).toContain('AWS_REGION');
  });
});
