import { describe, expect, it } from 'vitest';
import type { CrashPoint } from '../../lambdas/domain/crash-points.ts';
import { ModelError } from '../../lambdas/domain/errors.ts';
import { runChild } from './child-run.ts';
import { CommittedObjects } from './committed-objects.ts';
import { dropOnlyUseless } from './drops.ts';
import { failing } from './failing-port.ts';
import { withHome } from './fault-home.ts';
import { expectInvariants, expectQuietRun } from './invariants.ts';
import { type Stage, stageAfter } from './stage.ts';
import { suiteStage } from './suite-stage.ts';

const { stage, pathOf, freshHome } = suiteStage();

/** Runs a child that is killed at the point, and returns the id of its run. */
async function killedAt(home: string, point: CrashPoint): Promise<string> {
  expect((await runChild({ home, crashAt: point })).signal).toBe('SIGKILL');
  return await lastRun(home);
}

async function lastRun(home: string): Promise<string> {
  return await withHome(home, async ({ ports }) => (await ports.runs.list(1))[0]?.id ?? '');
}

async function expectGoodEnd(home: string, objects: CommittedObjects, expected: Stage): Promise<void> {
  await withHome(home, async (opened) => {
    await opened.run();
    await expectInvariants(opened, expected.expected);
    await expectQuietRun(opened);
    await objects.check();
  });
}

describe('a killed run that is resumed too late', () => {
  it('publishes nothing when its files were published meanwhile by a run that was killed, too', async () => {
    const home = await freshHome('late');
    const objects = new CommittedObjects(home);
    const first = await killedAt(home, 'collect-files:outcome-written');
    const second = await killedAt(home, 'publish-run:switched');
    const { outcome } = await runChild({ home, resume: first });
    expect(outcome?.error).not.toBeNull();
    await objects.check();
    await withHome(home, async ({ ports }) => expect((await ports.catalog.pointer()).current).toBe(second));
    await expectGoodEnd(home, objects, stage());
  });
});

describe('a failed run that is resumed after another one was killed', () => {
  it('has the last word on its files', async () => {
    const home = await freshHome('resumed');
    const objects = new CommittedObjects(home);
    await withHome(home, async (opened) => {
      const engine = failing(opened.ports.engine, 'materialise', { error: new ModelError('No.'), call: 2 });
      await expect(opened.run({}, { engine })).rejects.toThrow('No.');
    });
    const failed = await lastRun(home);
    await killedAt(home, 'build-layer:written');
    await withHome(home, async (opened) => {
      await opened.run({ resume: failed });
      await expectInvariants(opened, stage().expected);
    });
    await expectGoodEnd(home, objects, stage());
  });
});

describe('a run whose files change no table', () => {
  it('is made good when it was killed before it told that it had moved them', async () => {
    const useless = await stageAfter(stage(), pathOf('useless'), dropOnlyUseless);
    const objects = new CommittedObjects(useless.template);
    await killedAt(useless.template, 'archive-files:before-ledger');
    await expectGoodEnd(useless.template, objects, useless);
  });
});
