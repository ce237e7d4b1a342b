import { makeOrg, openOrg, startSimulatedOrg } from '../../bin/simulated-org.ts';
import { runLocally } from '../../lambdas/pipeline/run-locally.ts';
import { readSettings } from '../../lambdas/wiring/config.ts';
import { openLocal } from '../../lambdas/wiring/local.ts';
import { advanceOrg } from '../../simulator/org/advance/advance-org.ts';

/** A generated org of scale 1, its first run, the run after one simulated day, and one after nothing: `node bench/extract/org-days.ts <home>`. */
const home = process.argv[2] ?? '';
const seconds = async (work: () => Promise<unknown>) => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
};

async function runOnce(asOf: string): Promise<void> {
  const org = await startSimulatedOrg(home);
  const settings = { ...readSettings({ home, org: 'simulated' }), environment: org.environment };
  const pipeline = await openLocal(settings, { compressed: false });
  const { error } = await runLocally(
    pipeline.ports,
    { asOf, rebuild: false, resume: null },
    new AbortController().signal,
  );
  await pipeline.close();
  await org.close();
  if (error !== null) throw error;
}

const generated = await seconds(() => makeOrg(home, { seed: 1, scale: 1, lastDay: '2025-06-30' }));
const first = await seconds(() => runOnce('2025-06-30'));
const database = await openOrg(home);
await advanceOrg(database, { days: 1, seed: 1 });
database.close();
const day = await seconds(() => runOnce('2025-07-01'));
const nothing = await seconds(() => runOnce('2025-07-01'));
process.stdout.write(`${JSON.stringify({ generated, first, day, nothing })}\n`);
