import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeOrg, startSimulatedOrg } from '../../bin/simulated-org.ts';
import { type LocalPipeline, openLocal } from '../../lambdas/wiring/local.ts';
import { defaultLastDay, generateDrops } from '../../simulator/drops/generate.ts';

export interface SmallLake {
  readonly pipeline: LocalPipeline;
  /** The org goes; what was extracted stays. */
  closeOrg(): Promise<void>;
}

/** A lake below `home` with a small org and two months of drops to read, and no run yet. Its files are readable for Trino. */
export async function smallLake(home: string): Promise<SmallLake> {
  await makeOrg(home, { seed: 3, scale: 0.01, lastDay: defaultLastDay });
  const drops = join(home, 'drops');
  await mkdir(drops, { recursive: true });
  await generateDrops({ folder: drops, seed: 7, scale: 0.005, days: 62 });
  await cp(drops, join(home, 'raw'), { recursive: true, preserveTimestamps: true });
  const org = await startSimulatedOrg(home);
  const own = { home, configurationOverlay: null, crashAt: null, org: 'simulated', environment: org.environment };
  const pipeline = await openLocal({ ...own, memoryMegabytes: 512, threads: 2 }, { compressed: false });
  return { pipeline, closeOrg: () => org.close() };
}
