import { describe, expect, it } from 'vitest';
import { ResourceExhaustedError } from '../../lambdas/domain/errors.ts';
import type { PipelinePorts } from '../../lambdas/ports/pipeline-ports.ts';
import { removeFolder } from '../support/temporary-home.ts';
import { CommittedObjects } from './committed-objects.ts';
import { failing, failingBatches, keyBelow } from './failing-port.ts';
import { type FaultHome, withHome } from './fault-home.ts';
import { expectInvariants } from './invariants.ts';
import { originals } from './originals.ts';
import { suiteStage } from './suite-stage.ts';

let homes = 0;
const { stage, freshHome } = suiteStage();

const error = new ResourceExhaustedError('The disk is full.');

interface Case {
  readonly what: string;
  readonly break: (ports: PipelinePorts) => Partial<PipelinePorts>;
  /** Name of the error that the run ends with. */
  readonly name: string;
  readonly resumed: boolean;
}

async function inFreshHome(work: (home: FaultHome, objects: CommittedObjects) => Promise<void>): Promise<void> {
  homes += 1;
  const path = await freshHome(`home-${homes}`);
  await withHome(path, (home) => work(home, new CommittedObjects(path)));
  await removeFolder(path);
}

async function errorOf(run: Promise<unknown>): Promise<string> {
  return await run.then(
    () => 'none',
    (failure: unknown) => (failure instanceof Error ? failure.name : String(failure)),
  );
}

describe('a disk that is full for a while', () => {
  it.each<Case>([
    {
      what: 'loading files',
      break: ({ drops }) => ({ drops: failingBatches(drops, 'load', { error, call: 3 }) }),
      name: 'CollectIncompleteError',
      resumed: false,
    },
    {
      what: 'writing a table',
      break: ({ engine }) => ({ engine: failing(engine, 'materialise', { error, call: 7 }) }),
      name: 'ResourceExhaustedError',
      resumed: true,
    },
    {
      what: 'writing the manifest',
      break: ({ catalog }) => ({ catalog: failing(catalog, 'store', { error }) }),
      name: 'ResourceExhaustedError',
      resumed: true,
    },
  ])('fails the run while $what, and nothing is lost', async ({ break: broken, name, resumed }) => {
    await inFreshHome(async (home, objects) => {
      expect(await errorOf(home.run({}, broken(home.ports)))).toBe(name);
      await expectFailed(home, name);
      expect((await originals(home.home)).every(({ key }) => key.startsWith('landing/'))).toBe(true);
      expect((await home.ports.catalog.pointer()).current).toBeNull();
      const [failed] = await home.ports.runs.list(1);
      await home.run({ resume: resumed ? (failed?.id ?? null) : null });
      await expectInvariants(home, stage().expected);
      await objects.check();
    });
  });

  it('fails the run that cannot move its files, and the next one moves them', async () => {
    await inFreshHome(async (home, objects) => {
      const raw = failing(home.ports.raw, 'move', { error, call: 5 });
      expect(await errorOf(home.run({}, { raw }))).toBe('ResourceExhaustedError');
      await expectFailed(home, 'ResourceExhaustedError');
      await home.run();
      await expectInvariants(home, stage().expected);
      await objects.check();
    });
  });

  it('fails the run that cannot make the snapshot behind its publication, and the next one makes it', async () => {
    await inFreshHome(async (home, objects) => {
      const snapshots = failing(home.ports.snapshots, 'make', { error });
      expect(await errorOf(home.run({}, { snapshots }))).toBe('ResourceExhaustedError');
      await expectFailed(home, 'ResourceExhaustedError');
      const [failed] = await home.ports.runs.list(1);
      expect((await home.ports.catalog.pointer()).current).toBe(failed?.id);
      expect((await originals(home.home)).some(({ key }) => key.startsWith('landing/'))).toBe(false);
      expect(failed?.stages.map(({ stage }) => stage).at(-1)).toBe('archive-files');
      await home.run();
      await expectInvariants(home, stage().expected);
      await objects.check();
    });
  });

  it('keeps a run from beginning, and the lease is free', async () => {
    await inFreshHome(async (home) => {
      const lake = failing(home.ports.lake, 'write', { error, call: 1 });
      expect(await errorOf(home.run({}, { lake }))).toBe('ResourceExhaustedError');
      expect(await home.ports.runs.list(1)).toEqual([]);
      expect(await home.ports.leases.current('pipeline')).toBeNull();
    });
  });

  it('gives the lease back even when nothing can be written any more', async () => {
    await inFreshHome(async (home, objects) => {
      const engine = failing(home.ports.engine, 'materialise', { error });
      const lake = failing(home.ports.lake, 'write', { error, about: keyBelow('ops/run') });
      expect(await errorOf(home.run({}, { engine, lake }))).toBe('ResourceExhaustedError');
      expect(await home.ports.leases.current('pipeline')).toBeNull();
      await home.run();
      await expectInvariants(home, stage().expected);
      await objects.check();
    });
  });
});

/** The record and the queryable row say what went wrong, and another run may begin. */
async function expectFailed(home: FaultHome, name: string): Promise<void> {
  const [record] = await home.ports.runs.list(1);
  expect(record).toMatchObject({ status: 'FAILED', error: { name } });
  expect(record?.error?.message).toContain('The disk is full.');
  const rows = await home.rows('select run_id, status, error_name, error_message from ops.run');
  expect(rows).toEqual([
    { run_id: record?.id, status: 'FAILED', error_name: name, error_message: record?.error?.message },
  ]);
  expect(await home.ports.leases.current('pipeline')).toBeNull();
}
