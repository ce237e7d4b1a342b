import { afterAll, describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../lambdas/steps/check-org.ts';
import { type CliOrg, cliOrg, type CliOrgOptions, logins } from './cli-org.ts';

const opened: CliOrg[] = [];
afterAll(async () => {
  for (const org of opened) await org.dispose();
});

async function open(options: CliOrgOptions = {}): Promise<CliOrg> {
  const org = await cliOrg(options);
  opened.push(org);
  return org;
}

interface Finding {
  readonly code: number | null;
  readonly diagnoses: ReadonlyMap<string, Diagnosis>;
}

/** What `headwater doctor --org crm --json` says, by check. */
async function doctor(org: CliOrg, login?: object): Promise<Finding> {
  const { code, stdout, stderr } = await org.headwater(['doctor', '--org', 'crm', '--json'], login);
  expect(stderr).toBe('');
  const diagnoses = JSON.parse(stdout) as Diagnosis[];
  return { code, diagnoses: new Map(diagnoses.map((diagnosis) => [diagnosis.check, diagnosis])) };
}

/** Uses up some of the org's requests, as others who work there do. */
async function use(org: CliOrg, requests: number): Promise<void> {
  const { clientId, clientSecret } = logins['client-credentials'].right;
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const body = new URLSearchParams(form);
  const login = await fetch(`${org.server.url}/services/oauth2/token`, { method: 'POST', body });
  const { access_token } = (await login.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${access_token}` };
  for (let used = 0; used < requests; used += 1) {
    await (await fetch(`${org.server.url}/services/data/v62.0/limits`, { headers })).arrayBuffer();
  }
}

describe.concurrent('headwater doctor --org', () => {
  it('finds nothing where all is well, and says what it looked at', async () => {
    const org = await open();
    const { code, stdout, stderr } = await org.headwater(['doctor', '--org', 'crm']);
    expect(stderr).toBe('');
    expect(stdout.split('\n').filter((line) => line !== '' && !line.startsWith('ok '))).toEqual([]);
    expect(stdout).toContain(`login: org ${org.server.organizationId}`);
    expect(stdout).toMatch(/API quota: \d+ of 15000 requests used/);
    expect(stdout).toMatch(/object Account: 3 records, \d+ fields/);
    expect(code).toBe(0);
  });

  it('says that a login is refused, what to check, and exits 4', async () => {
    const { code, diagnoses } = await doctor(await open(), logins.jwt.wrong);
    expect(diagnoses.get('login')).toMatchObject({ verdict: 'failure' });
    expect(diagnoses.get('login')?.finding).toMatch(/refuses the login \(jwt\) with the secret 'crm'.*invalid_grant/);
    expect(diagnoses.get('login')?.fix).toMatch(/connected app/);
    expect([...diagnoses.keys()]).toEqual(['Node', 'data home', 'configuration', 'login']);
    expect(code).toBe(4);
  });

  it('warns of clocks that differ', async () => {
    const { code, diagnoses } = await doctor(await open({ secondsAhead: 600 }));
    expect(diagnoses.get('clock')).toMatchObject({ verdict: 'warning' });
    // The org's clock stands still, so that the difference shrinks while the command starts.
    expect(diagnoses.get('clock')?.fix).toMatch(/differ by (5\d|60)\d s/);
    expect(code).toBe(0);
  });

  it('warns of requests that are nearly used up, and fails when none is left', async () => {
    const org = await open({ server: { dailyLimit: 40 } });
    await use(org, 25);
    const nearly = await doctor(org);
    expect(nearly.diagnoses.get('API quota')).toMatchObject({
      verdict: 'warning',
      finding: expect.stringMatching(/^26 of 40 /),
    });
    expect(nearly.diagnoses.get('API quota')?.fix).toMatch(/may use 20.*14 are left/);
    expect(nearly.code).toBe(0);
    await use(org, 11);
    const none = await doctor(org);
    expect(none.diagnoses.get('API quota')).toMatchObject({ verdict: 'failure' });
    expect(none.diagnoses.get('object Account')?.finding).toMatch(/REQUEST_LIMIT_EXCEEDED/);
    expect(none.code).toBe(4);
  });

  it('warns of a denied object that is optional, and fails for one that is not', async () => {
    const denied = (object: string) => ({ when: { object }, what: { fault: 'access-denied' } }) as const;
    const objects = [{ object: 'Account' }, { object: 'Usage__c', optional: true }, { object: 'Contact' }];
    const org = await open({ objects, server: { faults: [denied('Usage__c')] } });
    const optional = await doctor(org);
    expect(optional.diagnoses.get('object Usage__c')).toMatchObject({ verdict: 'warning', fix: null });
    expect(optional.code).toBe(0);
    org.server.faults.add(denied('Contact'));
    const needed = await doctor(org);
    expect(needed.diagnoses.get('object Contact')).toMatchObject({ verdict: 'failure' });
    expect(needed.diagnoses.get('object Contact')?.fix).toMatch(/read access/);
    expect(needed.diagnoses.get('object Account')?.verdict).toBe('ok');
    expect(needed.code).toBe(4);
  });

  it('warns of listed fields that are missing', async () => {
    const objects = [{ object: 'Account', fields: ['Name', 'Nothing__c', 'industry'] }];
    const { code, diagnoses } = await doctor(await open({ objects }));
    expect(diagnoses.get('object Account')).toMatchObject({ verdict: 'warning' });
    expect(diagnoses.get('object Account')?.finding).toMatch(/3 records, \d+ fields; missing: Nothing__c$/);
    expect(code).toBe(0);
  });
});

describe.concurrent('An org that cannot be had', () => {
  it('since nobody answers, makes a run exit 4 and say what to do', async () => {
    const org = await open();
    const gone = await open();
    await gone.server.close();
    const { code, stdout, stderr } = await org.headwater(['run', '--org', 'crm'], {
      ...logins['client-credentials'].right,
      loginUrl: gone.server.url,
    });
    expect(stdout).toBe('');
    expect(stderr).toMatch(/ECONNREFUSED.*with the secret 'crm' at http:\/\/127\.0\.0\.1/);
    expect(stderr).toMatch(/Check the network, a proxy in between and the loginUrl in the secret/);
    expect(code).toBe(4);
  });

  it.each([
    ['run', 2],
    ['doctor', 4],
  ])('since its secret is missing, makes %s exit %i and say where it belongs', async (command, exitCode) => {
    const org = await open();
    const { code, stdout, stderr } = await org.headwater([command, '--org', 'nobody']);
    expect(stdout + stderr).toContain("the secret 'nobody' is set neither in HEADWATER_SECRET_NOBODY nor in");
    expect(stdout + stderr).toContain('Set the environment variable HEADWATER_SECRET_NOBODY');
    expect(code).toBe(exitCode);
    expect(org.server.requests()).toEqual([]);
  });
});
