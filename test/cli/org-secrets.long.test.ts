import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliOrg, cliOrg, forbidden, logins } from './cli-org.ts';
import type { CliResult } from './cli-process.ts';

/** Access tokens of the simulated org, and signed assertions: as good as a secret as long as they live. */
const credentials = /00D\w{12}![\w-]{20}|eyJ[\w-]+\.eyJ[\w-]+/;

function expectNoSecret(text: string, where: string): void {
  expect(
    forbidden.filter((secret) => text.includes(secret)),
    where,
  ).toEqual([]);
  expect(credentials.exec(text), where).toBeNull();
}

function expectNothingSaid({ stdout, stderr }: CliResult): void {
  expectNoSecret(stdout, 'stdout');
  expectNoSecret(stderr, 'stderr');
}

describe('A secret of an org', () => {
  let org: CliOrg;

  beforeAll(async () => {
    org = await cliOrg();
  });
  afterAll(() => org.dispose());

  describe.each(Object.entries(logins))('with the flow %s', (flow, login) => {
    it('is said by no command that logs in', async () => {
      const run = await org.headwater(['run', '--org', 'crm', '--debug', '--as-of', '2025-06-30'], login.right);
      expect(run.code).toBe(0);
      expect(run.stderr).toContain('extract-object');
      expectNothingSaid(run);
      const doctor = await org.headwater(['doctor', '--org', 'crm', '--debug', '--json'], login.right);
      expect(doctor.code).toBe(0);
      expectNothingSaid(doctor);
    });

    it('is said by no command whose login is refused', async () => {
      for (const parameters of [
        ['run', '--org', 'crm', '--debug'],
        ['doctor', '--org', 'crm', '--debug'],
      ]) {
        const refused = await org.headwater(parameters, login.wrong);
        expect(refused.stdout + refused.stderr).toContain(`refuses the login (${flow}) with the secret 'crm'`);
        expect(refused.code).toBe(4);
        expectNothingSaid(refused);
      }
    });
  });

  it('of a wrong shape is not quoted', async () => {
    const { privateKey, clientSecret } = { ...logins.jwt.right, ...logins['client-credentials'].right };
    for (const login of [
      { flow: 'jwt', clientId: 'x', username: 'x', privateKey: privateKey.replace('-----BEGIN', '') },
      { flow: clientSecret, clientId: 'x', clientSecret },
      { flow: 'client-credentials', clientId: 'x', [clientSecret]: clientSecret },
    ]) {
      const refused = await org.headwater(['run', '--org', 'crm', '--debug'], login);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toMatch(/the secret 'crm'|in the secret 'crm'/);
      expectNothingSaid(refused);
    }
  });

  it('is in no file of the data home and not in what the server logged', async () => {
    const entries = await readdir(org.home, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    for (const part of ['ledger.sqlite', 'runs/', 'lake/ops/run/', 'lake/ops/state/', 'lake/bronze/']) {
      expect(
        paths.some((path) => path.startsWith(join(org.home, part))),
        part,
      ).toBe(true);
    }
    for (const path of paths) expectNoSecret(await readFile(path, 'latin1'), path);
    expectNoSecret(JSON.stringify(org.server.requests()), 'log of the server');
  });
});
