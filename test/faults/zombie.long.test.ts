import { describe, expect, it } from 'vitest';
import type { CrashPoint } from '../../lambdas/domain/crash-points.ts';
import type { ChildRun } from './child-run.ts';
import { childStage } from './child-stage.ts';
import { CommittedObjects } from './committed-objects.ts';
import { type FaultHome, withHome } from './fault-home.ts';
import { expectInvariants, expectQuietRun } from './invariants.ts';

/** A lease lasts 20 minutes; whoever lives by this clock finds it run out. */
const afterExpiry = 21;

const { stage, freshHome, start } = childStage();

/** A run that works no longer, though it lives: frozen at the point, its lease runs out. */
async function frozen(
  home: string,
  pauseAt: CrashPoint,
  minutesAhead = 0,
  resume: string | null = null,
): Promise<ChildRun> {
  const child = start({ home, pauseAt, minutesAhead, resume });
  await child.paused();
  return child;
}

async function errorOf(child: ChildRun): Promise<string | null> {
  const { signal, outcome } = await child.ended();
  expect(signal).toBeNull();
  // The failure of a batch comes in the name of all batches.
  return /LeaseLostError/.exec(outcome?.error?.message ?? '')?.[0] ?? outcome?.error?.name ?? null;
}

/** One more run, later than all others, after which everything must be as if nothing had happened. */
async function expectGoodEnd(home: string, objects: CommittedObjects): Promise<void> {
  await withHome(
    home,
    async (opened) => {
      await objects.check();
      await opened.run();
      await expectInvariants(opened, stage().expected);
      await objects.check();
    },
    { minutesAhead: 2 * afterExpiry },
  );
}

describe('a run that wakes after another one took over and published', () => {
  it.each<{ at: CrashPoint; error: string | null }>([
    { at: 'collect-files:outcome-written', error: 'LeaseLostError' },
    { at: 'publish-run:manifest-written', error: 'LeaseLostError' },
    { at: 'catalog:before-switch', error: 'PublicationConflictError' },
  ])('does not publish when frozen at $at', async ({ at, error }) => {
    const home = await freshHome(at.replace(':', '-'));
    const objects = new CommittedObjects(home);
    const zombie = await frozen(home, at);
    await objects.check();
    const afterwards = async ({ ports }: FaultHome) => ({
      pointer: await ports.catalog.pointer(),
      files: await ports.files.find({ limit: 100 }),
    });
    const published = await withHome(
      home,
      async (opened) => {
        await opened.run();
        return await afterwards(opened);
      },
      { minutesAhead: afterExpiry },
    );
    zombie.continue();
    expect(await errorOf(zombie)).toBe(error);
    expect(await withHome(home, afterwards)).toEqual(published);
    await expectGoodEnd(home, objects);
  });

  it('leaves alone what the other one archived for it', async () => {
    const home = await freshHome('archived');
    const objects = new CommittedObjects(home);
    const zombie = await frozen(home, 'archive-files:before-move');
    await withHome(home, (opened) => opened.run(), { minutesAhead: afterExpiry });
    zombie.continue();
    expect(await errorOf(zombie)).toBe('LeaseLostError');
    await expectGoodEnd(home, objects);
  });
});

describe('a run that wakes while the one that took over still works', () => {
  it('leaves publishing to that one', async () => {
    const home = await freshHome('leaves');
    const objects = new CommittedObjects(home);
    const zombie = await frozen(home, 'publish-run:manifest-written');
    const successor = await frozen(home, 'collect-files:outcome-written', afterExpiry);
    zombie.continue();
    expect(await errorOf(zombie)).toBe('LeaseLostError');
    successor.continue();
    expect(await errorOf(successor)).toBeNull();
    await expectGoodEnd(home, objects);
  });

  it('may finish the switch that it had begun, and the other one does not publish', async () => {
    const home = await freshHome('switching');
    const objects = new CommittedObjects(home);
    const zombie = await frozen(home, 'catalog:before-switch');
    const successor = await frozen(home, 'build-layer:written', afterExpiry);
    zombie.continue();
    // The switch asks whether the catalog is as it was, not who has the lease: of two runs the first one counts, and only that one.
    expect(await errorOf(zombie)).toBe('LeaseLostError');
    const publication = await withHome(home, ({ ports }) => ports.catalog.pointer());
    expect(publication.generation).toBe(1);
    successor.continue();
    expect(await errorOf(successor)).toBe('PublicationConflictError');
    await withHome(home, async ({ ports }) => expect(await ports.catalog.pointer()).toEqual(publication));
    await expectGoodEnd(home, objects);
  });

  it('does no harm when that one dies right after its switch', async () => {
    const home = await freshHome('dies');
    const objects = new CommittedObjects(home);
    const zombie = await frozen(home, 'collect-files:outcome-written');
    const successor = await frozen(home, 'publish-run:switched', afterExpiry);
    zombie.continue();
    expect(await errorOf(zombie)).toBe('LeaseLostError');
    await successor.kill();
    await expectGoodEnd(home, objects);
  });

  it('changes nothing of the run as which it was resumed', async () => {
    const home = await freshHome('itself');
    const objects = new CommittedObjects(home);
    const zombie = await frozen(home, 'collect-files:before-outcome');
    const [run] = await withHome(home, ({ ports }) => ports.runs.list(1));
    const resumed = await frozen(home, 'build-layer:written', afterExpiry, run?.id ?? '');
    zombie.continue();
    expect(await errorOf(zombie)).toBe('LeaseLostError');
    resumed.continue();
    expect(await errorOf(resumed)).toBeNull();
    await withHome(home, expectQuietRun, { minutesAhead: 2 * afterExpiry });
    await expectGoodEnd(home, objects);
  });
});
