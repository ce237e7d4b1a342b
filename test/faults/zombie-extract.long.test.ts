import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CrashPoint } from '../../lambdas/domain/crash-points.ts';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';
import { ChildRun } from './child-run.ts';
import { withHome } from './fault-home.ts';
import { changeOrg, type FaultOrg, startFaultOrg } from './fault-org.ts';
import { expectQuietRun } from './invariants.ts';
import { cursorsOf, expectOrgInvariants } from './org-invariants.ts';

/** A lease lasts 20 minutes; whoever lives by this clock finds it run out. */
const afterExpiry = 21;

let folder = '';
let org: FaultOrg;
const children: ChildRun[] = [];

beforeAll(async () => {
  folder = await temporaryFolder();
});
beforeEach(async () => {
  org = await startFaultOrg(folder);
});
afterEach(async () => {
  for (const child of children.splice(0)) await child.kill();
  await org.close();
});
afterAll(() => removeFolder(folder));

/** A run that is frozen at the point; its lease runs out. */
async function frozen(home: string, pauseAt: CrashPoint, minutesAhead = 0): Promise<ChildRun> {
  const child = new ChildRun({ home, org, pauseAt, minutesAhead });
  children.push(child);
  await child.paused();
  return child;
}

async function expectLeaseLost(zombie: ChildRun): Promise<void> {
  zombie.continue();
  expect((await zombie.ended()).outcome?.error?.message).toMatch(/lease/i);
}

/** The run that took over ends well, and after one more run everything is as if there had been no other. */
async function expectGoodEnd(home: string, successor: ChildRun): Promise<void> {
  successor.continue();
  expect(await successor.ended()).toEqual({ signal: null, outcome: { error: null } });
  await withHome(
    home,
    async (opened) => {
      await expectOrgInvariants(opened, org);
      await expectQuietRun(opened);
      await expectOrgInvariants(opened, org);
    },
    { org, minutesAhead: 2 * afterExpiry },
  );
}

describe('A run that wakes while the one that took over extracts', () => {
  it('notes nothing over the notes of that one when it was frozen between two pages', async () => {
    const home = join(folder, 'pages');
    const zombie = await frozen(home, 'extract-object:page-noted');
    const successor = await frozen(home, 'build-layer:written', afterExpiry);
    const cursors = await cursorsOf(home);
    await expectLeaseLost(zombie);
    expect(await cursorsOf(home)).toEqual(cursors);
    await expectGoodEnd(home, successor);
  });

  it.each<CrashPoint>(['publish-run:switched', 'publish-run:cursor-advanced'])(
    'moves no cursor and takes no note away when it was frozen at %s',
    async (point) => {
      const home = join(folder, point.replace(':', '-'));
      const zombie = await frozen(home, point);
      await changeOrg(org);
      const successor = await frozen(home, 'extract-object:page-noted', afterExpiry);
      const cursors = await cursorsOf(home);
      expect(cursors.filter(({ source, note }) => /^salesforce:/.test(source) && note !== null)).not.toEqual([]);
      await expectLeaseLost(zombie);
      expect(await cursorsOf(home)).toEqual(cursors);
      await expectGoodEnd(home, successor);
    },
  );
});
