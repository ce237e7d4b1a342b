import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readAwsApiSettings } from '../../lambdas/wiring/config.ts';
import { removeLeftBehind } from '../../lambdas/wiring/left-behind.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-left-'));
  await mkdir(join(folder, 'headwater-a1b2c3/objects/serving'), { recursive: true });
  await writeFile(join(folder, 'headwater-a1b2c3/objects/serving/snapshot.sqlite'), 'x');
  await writeFile(join(folder, 'of-others'), 'x');
});
afterEach(() => rm(folder, { recursive: true }));

it('removes our folders that a process before left, and nothing else', async () => {
  await removeLeftBehind(folder);
  expect(await readdir(folder)).toEqual(['of-others']);
});

it.each([
  ['AWS_Lambda_nodejs24.x', true],
  ['CloudShell', false],
  [undefined, false],
])('is for sandboxes of Lambda only: %s', (executionEnvironment, owns) => {
  const environment = {
    HEADWATER_LAKE_BUCKET: 'lake',
    HEADWATER_LEDGER_TABLE: 'ledger',
    AWS_EXECUTION_ENV: executionEnvironment,
  };
  expect(readAwsApiSettings(environment).ownsTemporaryFolder).toBe(owns);
});
