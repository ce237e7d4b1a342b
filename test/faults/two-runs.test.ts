import { describe, expect, it } from 'vitest';
import { MemoryExecutions } from '../../lambdas/adapters/memory/executions.ts';
import type { Lease, Leases } from '../../lambdas/ports/leases.ts';
import { intake } from '../../lambdas/steps/intake.ts';
import { childStage } from './child-stage.ts';
import { CommittedObjects } from './committed-objects.ts';
import { withHome } from './fault-home.ts';
import { expectInvariants, expectQuietRun } from './invariants.ts';

const { stage, freshHome, start } = childStage();

describe('two runs at once', () => {
  it('are one that works and one that learns who works', async () => {
    const home = await freshHome('two');
    const objects = new CommittedObjects(home);
    // Whoever gets the lease stops, so that the other one certainly comes while it is held.
    const pair = [0, 1].map(() => start({ home, pauseAt: 'plan-run:lease-taken' }));
    const said = await Promise.all(pair.map(async (child) => ({ child, line: await child.line() })));
    const winners = said.filter(({ line }) => line === 'paused');
    const losers = said.filter(({ line }) => line !== 'paused');
    expect(winners).toHaveLength(1);
    expect(losers.map(({ line }) => JSON.parse(line ?? ''))).toMatchObject([{ error: { name: 'LeaseHeldError' } }]);
    const working = await withHome(home, async ({ ports }) => (await ports.leases.current('pipeline'))?.holder);
    expect(losers[0]?.line).toContain(`${working} holds the lease`);
    await objects.check();
    for (const { child } of winners) {
      child.continue();
      expect(await child.ended()).toEqual({ signal: null, outcome: { error: null } });
    }
    await withHome(home, async (opened) => {
      expect((await opened.ports.runs.list(5)).map(({ id, status }) => [id, status])).toEqual([[working, 'PUBLISHED']]);
      await expectInvariants(opened, stage().expected);
      await expectQuietRun(opened);
    });
    await objects.check();
  });

  it('are not one run resumed while it works', async () => {
    const home = await freshHome('resumed');
    const objects = new CommittedObjects(home);
    const working = start({ home, pauseAt: 'build-layer:written' });
    await working.paused();
    const [run] = await withHome(home, ({ ports }) => ports.runs.list(1));
    const { outcome } = await start({ home, resume: run?.id ?? '' }).ended();
    expect(outcome?.error?.name).toBe('LeaseHeldError');
    working.continue();
    expect((await working.ended()).outcome).toEqual({ error: null });
    await withHome(home, (opened) => expectInvariants(opened, stage().expected));
    await objects.check();
  });

  it.each(['told of', 'not told of'])('overlook no file, %s, that comes as the lease is given back', async (event) => {
    const home = await freshHome(event.replaceAll(' ', '-'));
    const key = 'landing/sales/sales_data_2025-07-01.csv';
    await withHome(home, async (opened) => {
      const { leases } = opened.ports;
      // Its producer's event would find the lease held, and start nothing.
      const release = async (lease: Lease) => {
        await opened.ports.raw.write(key, 'customer_id,store_id\n1,101\n');
        if (event === 'told of') {
          const executions = new MemoryExecutions();
          expect((await intake({ ...opened.ports, executions }, { keys: [key] })).run).toBe('BUSY');
        }
        await leases.release(lease);
      };
      const held: Leases = {
        acquire: (...parameters) => leases.acquire(...parameters),
        renew: (...parameters) => leases.renew(...parameters),
        current: (name) => leases.current(name),
        release,
      };
      const { output } = await opened.run({}, { leases: held });
      expect(output).toMatchObject({ closed: { status: 'PUBLISHED', arrivedMeanwhile: 1 } });
    });
  });
});
