import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CrashPoint } from '../../lambdas/domain/crash-points.ts';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';
import { runChild } from './child-run.ts';
import { CommittedObjects } from './committed-objects.ts';
import { crashScenarios, type Death, type Scenario, titleOf } from './crash-scenarios.ts';
import { copyHome } from './drops.ts';
import { type FaultHome, withHome } from './fault-home.ts';
import { type FaultOrg, faultObjects, startFaultOrg } from './fault-org.ts';
import { expectInvariants, expectQuietRun } from './invariants.ts';
import { CursorWatch, expectOrgInvariants } from './org-invariants.ts';
import { contents, originals } from './originals.ts';
import type { Stage } from './stage.ts';

/** Declares a test for each point: killed there, and perhaps once more, the pipeline comes to the result of a run without faults. */
export function sweep(
  points: readonly CrashPoint[],
  prepare: (folder: string, org: FaultOrg) => Promise<Stage>,
  seed: number,
): void {
  const killedAt = new Set<CrashPoint>();
  let folder = '';
  let org: FaultOrg;
  let stage: Stage;

  beforeAll(async () => {
    folder = await temporaryFolder();
    org = await startFaultOrg(folder);
    stage = await prepare(folder, org);
  });
  afterAll(async () => {
    await org.close();
    await removeFolder(folder);
  });

  describe('comes to the same result', () => {
    it.each(crashScenarios(points, seed).map((scenario, index) => ({ title: titleOf(scenario), scenario, index })))(
      '$title',
      async ({ scenario, index }) => {
        const home = join(folder, `home-${index}`);
        await copyHome(stage.template, home);
        await survive({ stage, org, home }, scenario, killedAt);
        await removeFolder(home);
      },
    );
  });

  it('is compared with a run that had something of everything', () => {
    const { files, tables } = stage.expected;
    const statuses = new Set(Object.values(files).map((file) => ('status' in file ? file.status : '')));
    expect(statuses).toEqual(new Set(['PROCESSED', 'REJECTED', 'DUPLICATE']));
    const collected = ['bronze.sales_line', ...faultObjects.map(({ table }) => `bronze.${table}` as const)];
    const models = ['silver.sales_line', 'silver.customer', 'gold.sales_team_data_mart'];
    for (const table of [...collected, 'quarantine.sales', 'quarantine.silver_sales_line', ...models]) {
      expect(tables[table]?.length, table).toBeGreaterThan(0);
    }
  });

  it('was killed at every point', () => {
    expect([...points].filter((point) => !killedAt.has(point))).toEqual([]);
  });
}

/** A home on which one scenario plays. */
interface Scene {
  readonly stage: Stage;
  readonly org: FaultOrg;
  readonly home: string;
}

async function survive(scene: Scene, scenario: Scenario, killedAt: Set<CrashPoint>): Promise<void> {
  const { stage, org, home } = scene;
  const objects = new CommittedObjects(home);
  const cursors = await CursorWatch.of(home, org);
  const dropped = contents(await originals(home));
  const undamaged = async () => {
    await objects.check();
    await cursors.check();
    expect(contents(await originals(home))).toEqual(dropped);
  };
  for (const [index, death] of scenario.deaths.entries()) {
    const killed = await die(scene, death);
    // Taking up the work may have nothing to do at a point that the second death wants.
    if (index === 0) expect(killed).toBe(true);
    if (killed) killedAt.add(death.at);
    await undamaged();
  }
  const finish = async (opened: FaultHome) => {
    await opened.run({ resume: scenario.resume ? await unfinished(opened) : null });
    await undamaged();
    await expectInvariants(opened, stage.expected);
    await expectOrgInvariants(opened, org);
    await expectQuietRun(opened);
    await undamaged();
  };
  await withHome(home, finish, stage.options);
}

/** Runs a child that is to be killed. False when it came to a good end before. */
async function die({ stage, org, home }: Scene, { at, share, resume }: Death): Promise<boolean> {
  const visit = 1 + Math.floor(share * (stage.visits.get(at) ?? 1));
  const run = resume ? await withHome(home, unfinished) : null;
  const { signal, outcome } = await runChild({ home, org, resume: run, crashAt: `${at}#${visit}` });
  if (signal === 'SIGKILL') return true;
  expect({ signal, outcome }).toEqual({ signal: null, outcome: { error: null } });
  return false;
}

/** The last run, where it can be resumed. */
async function unfinished({ ports }: FaultHome): Promise<string | null> {
  const [last] = await ports.runs.list(1);
  return last === undefined || ['PUBLISHED', 'UNCHANGED'].includes(last.status) ? null : last.id;
}
