import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryExecutions } from '../../lambdas/adapters/memory/executions.ts';
import { MemoryFiles } from '../../lambdas/adapters/memory/files.ts';
import { MemoryLeases } from '../../lambdas/adapters/memory/leases.ts';
import { MemoryRuns } from '../../lambdas/adapters/memory/runs.ts';
import { MemoryLake } from '../../lambdas/adapters/memory-lake.ts';
import { TransientError } from '../../lambdas/domain/errors.ts';
import { newRunId } from '../../lambdas/domain/run-id.ts';
import { intake, type IntakePorts } from '../../lambdas/steps/intake.ts';
import { leaseName, leaseSeconds } from '../../lambdas/steps/lease.ts';
import { startRun } from '../../lambdas/steps/start-run.ts';

const noon = new Date('2026-06-01T12:00:00Z');

interface World extends IntakePorts {
  readonly executions: MemoryExecutions;
  readonly raw: MemoryLake;
}

function world(): World {
  return {
    raw: new MemoryLake(() => noon),
    files: new MemoryFiles(),
    runs: new MemoryRuns(),
    leases: new MemoryLeases(),
    executions: new MemoryExecutions(),
    now: () => noon,
  };
}

async function drop(ports: World, count: number): Promise<string[]> {
  const keys = Array.from({ length: count }, (_, index) => `landing/sales/sales_data_${index}.csv`);
  for (const key of keys) await ports.raw.write(key, key);
  return keys;
}

/** What plan-run does to lease and ledger. */
async function plan(ports: World, hour: number): Promise<() => Promise<void>> {
  const startedAt = new Date(noon.getTime() + hour * 3_600_000);
  const id = newRunId(startedAt, () => 0.5);
  const lease = await ports.leases.acquire(leaseName, id, leaseSeconds, noon);
  await ports.runs.save({
    id,
    status: 'RUNNING',
    asOf: '2026-06-01',
    engine: 'duckdb',
    startedAt: startedAt.toISOString(),
    finishedAt: null,
    fencingToken: lease.token,
    error: null,
    stages: [],
    warnings: [],
  });
  return () => ports.leases.release(lease);
}

describe('events of dropped files', () => {
  test('a storm of 305 files, repeated and in any order, starts one run', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...Array(305).keys()], { minLength: 305 }),
        fc.nat(9),
        async (order, size) => {
          const ports = world();
          const keys = await drop(ports, 305);
          const events = [...order, ...order.slice(0, 40)].map((index) => keys[index] ?? '');
          let registered = 0;
          for (let from = 0; from < events.length; from += size + 30) {
            registered += (await intake(ports, { keys: events.slice(from, from + size + 30) })).registered;
          }
          expect(registered).toBe(305);
          expect(ports.executions.started.map(({ name }) => name)).toEqual(['after-none']);
        },
      ),
      { numRuns: 10 },
    );
  });

  test('the run that is started reads changes, and nothing more', async () => {
    const ports = world();
    await intake(ports, { keys: await drop(ports, 1) });
    expect(ports.executions.started[0]?.input).toEqual({ asOf: null, rebuild: false, reconcile: false, resume: null });
  });

  test('a file that is gone starts nothing', async () => {
    const ports = world();
    const output = await intake(ports, { keys: ['landing/sales/gone.csv', 'archive/sales/a.csv', 'landing/sales/'] });
    expect(output).toEqual({ registered: 0, present: 0, run: 'NOTHING' });
    expect(ports.executions.started).toEqual([]);
  });

  test('a working run is left to start the next one', async () => {
    const ports = world();
    const keys = await drop(ports, 2);
    const close = await plan(ports, 0);
    expect(await intake(ports, { keys })).toEqual({ registered: 2, present: 2, run: 'BUSY' });
    expect(ports.executions.started).toEqual([]);
    await close();
    expect(await startRun(ports)).toBe('STARTED');
    expect(await intake(ports, { keys })).toMatchObject({ registered: 0, run: 'STARTED' });
    expect(ports.executions.started).toHaveLength(1);
  });

  test('a lease that has run out holds nothing up', async () => {
    const ports = world();
    const keys = await drop(ports, 1);
    await ports.leases.acquire(leaseName, 'dead', 60, new Date(noon.getTime() - 3_600_000));
    expect((await intake(ports, { keys })).run).toBe('STARTED');
  });
});

describe('starting a run', () => {
  test('every planned run makes a new name', async () => {
    const ports = world();
    for (const hour of [0, 1, 2]) {
      await startRun(ports);
      await (await plan(ports, hour))();
    }
    await startRun(ports);
    expect(new Set(ports.executions.started.map(({ name }) => name)).size).toBe(4);
    for (const { name } of ports.executions.started) expect(name).toMatch(/^[A-Za-z0-9-]{1,80}$/);
  });

  test('an execution that ended before it planned is followed by another', async () => {
    const ports = world();
    await startRun(ports);
    ports.executions.end('after-none');
    await startRun(ports);
    await startRun(ports);
    expect(ports.executions.started.map(({ name }) => name)).toEqual(['after-none', 'after-none-2']);
  });

  test('a run planned while asking is no reason for a second name', async () => {
    const ports = world();
    const start = ports.executions.start.bind(ports.executions);
    let close = async () => {};
    ports.executions.start = async (name, input) => {
      if (name !== 'after-none') return await start(name, input);
      close = await plan(ports, 0);
      return 'ENDED';
    };
    expect(await startRun(ports)).toBe('BUSY');
    await close();
    expect(ports.executions.started).toEqual([]);
  });

  test('fifty executions that all fail ask for somebody', async () => {
    const ports = world();
    ports.executions.start = async () => 'ENDED';
    await expect(startRun(ports)).rejects.toThrow(TransientError);
  });
});
