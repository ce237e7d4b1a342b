import { describe, expect, it } from 'vitest';
import { StorageBusyError } from '../../lambdas/domain/errors.ts';
import type { PipelinePorts } from '../../lambdas/ports/pipeline-ports.ts';
import { CommittedObjects } from './committed-objects.ts';
import { failing, failingBatches, keyBelow } from './failing-port.ts';
import { withHome } from './fault-home.ts';
import { expectInvariants, expectQuietRun } from './invariants.ts';
import { suiteStage } from './suite-stage.ts';

const { stage, freshHome } = suiteStage();

const error = new StorageBusyError('The store did not answer.');

/** In every stage of the run some calls fail, each once. */
function busy(ports: PipelinePorts, afterwards: boolean): Partial<PipelinePorts> {
  const once = { error, call: 1, afterwards };
  const states = ['plan', 'collect-files/1', 'build-layer/silver.sales_line', 'publish-run'];
  let lake = ports.lake;
  for (const state of states) {
    const about = (key: unknown) => typeof key === 'string' && key.endsWith(`/${state}.json`);
    lake = failing(lake, 'write', { ...once, about });
  }
  lake = failing(lake, 'write', { ...once, about: keyBelow('ops/file_status') });
  return {
    lake,
    raw: failing(failing(ports.raw, 'move', { ...once, call: 4 }), 'write', once),
    drops: failingBatches(ports.drops, 'load', { ...once, call: 2 }),
    engine: failing(ports.engine, 'materialise', { ...once, call: 8 }),
    catalog: failing(failing(ports.catalog, 'store', once), 'switchTo', once),
    files: failing(failing(ports.files, 'register', once), 'update', { ...once, call: 2 }),
    runs: failing(ports.runs, 'save', { ...once, call: 2 }),
  };
}

async function expectUnharmed(name: string, broken: (ports: PipelinePorts) => Partial<PipelinePorts>): Promise<void> {
  const home = await freshHome(name);
  const objects = new CommittedObjects(home);
  await withHome(home, async (opened) => {
    await opened.run({}, broken(opened.ports));
    await expectInvariants(opened, stage().expected);
    await expectQuietRun(opened);
    await objects.check();
    const [, first] = await opened.ports.runs.list(2);
    expect(first?.status).toBe('PUBLISHED');
  });
}

describe('a store that is busy now and then', () => {
  it('is asked again', async () => {
    await expectUnharmed('before', (ports) => busy(ports, false));
  });

  it('may have done what it did not answer', async () => {
    await expectUnharmed('after', (ports) => busy(ports, true));
  });

  // Known fault: a retried plan-run makes a new run id, and so finds the lease held by its own first try. Both tests are to become
  // ordinary ones when the id is given by whoever starts the execution.
  it.fails('may have given the lease', async () => {
    const once = { error, call: 1, afterwards: true };
    await expectUnharmed('lease', ({ leases }) => ({ leases: failing(leases, 'acquire', once) }));
  });

  it.fails('may not have taken the lease back', async () => {
    const once = { error, call: 1 };
    await expectUnharmed('release', ({ leases, files }) => ({
      leases: failing(leases, 'release', once),
      files: failing(files, 'register', once),
    }));
  });
});
