import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leaveLogin, loginPath } from '../../bin/org-login.ts';
import { makeOrg, openOrg, startSimulatedOrg } from '../../bin/simulated-org.ts';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';
import { headwater } from './cli-process.ts';

describe('the simulated org of a home', () => {
  let home: string;

  beforeAll(async () => {
    home = await temporaryFolder();
    await makeOrg(home, { seed: 3, scale: 0.01, lastDay: '2025-06-30' });
  });
  afterAll(() => removeFolder(home));

  const doctor = () => headwater(['doctor', '--org', 'simulated', '--home', home]);

  it('is reached by commands while another process serves it, and by nobody else', async () => {
    const org = await startSimulatedOrg(home);
    expect((await stat(loginPath(home))).mode & 0o777).toBe(0o600);
    const reached = await doctor();
    expect([reached.code, reached.stdout]).toEqual([0, expect.stringContaining('login')]);
    const changing = await headwater(['simulate', '--advance', '1', '--home', home]);
    expect([changing.code, changing.stderr]).toEqual([2, expect.stringContaining('in use by another process')]);
    await org.close();
    expect(existsSync(loginPath(home))).toBe(false);
  });

  it('is said to be in use where whoever served it answers no longer', async () => {
    const org = await startSimulatedOrg(home);
    const { url } = org;
    await org.close();
    await leaveLogin(home, { loginUrl: url });
    const database = await openOrg(home);
    const refused = await doctor();
    database.close();
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('in use by another process')]);
    expect((await doctor()).code).toBe(0);
  });
});
