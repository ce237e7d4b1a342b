import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeOrg, simulatedSecret, startSimulatedOrg } from '../../bin/simulated-org.ts';
import { runLocally } from '../../lambdas/pipeline/run-locally.ts';
import type { Build, Built, Query, QueryResult, SqlEngine } from '../../lambdas/ports/sql-engine.ts';
import { type LocalPipeline, openLocal } from '../../lambdas/wiring/local.ts';
import { defaultLastDay, generateDrops } from '../../simulator/drops/generate.ts';

/** All that a run asked its engine, with the answers. */
export interface RecordedRun {
  readonly pipeline: LocalPipeline;
  readonly builds: readonly { readonly build: Build; readonly built: Built }[];
  readonly queries: readonly { readonly query: Query; readonly result: QueryResult }[];
}

/** Runs the pipeline on DuckDB over a small org and two months of drops, below `home`, and keeps what the engine was asked. */
export async function recordedRun(home: string): Promise<RecordedRun> {
  await makeOrg(home, { seed: 3, scale: 0.01, lastDay: defaultLastDay });
  const org = await startSimulatedOrg(home);
  const drops = join(home, 'drops');
  await mkdir(drops, { recursive: true });
  await generateDrops({ folder: drops, seed: 7, scale: 0.005, days: 62 });
  await cp(drops, join(home, 'raw'), { recursive: true, preserveTimestamps: true });
  const settings = {
    home,
    configurationOverlay: null,
    memoryMegabytes: 512,
    threads: 2,
    crashAt: null,
    org: 'simulated',
    environment: org.environment,
  };
  const pipeline = await openLocal(settings, { compressed: false });
  const builds: { build: Build; built: Built }[] = [];
  const queries: { query: Query; result: QueryResult }[] = [];
  const engine = recording(pipeline.ports.engine, builds, queries);
  const input = { asOf: defaultLastDay, rebuild: false, resume: null };
  const { error } = await runLocally({ ...pipeline.ports, engine }, input, new AbortController().signal);
  await org.close();
  if (error !== null) throw error;
  if (org.environment[simulatedSecret] === undefined) throw new Error('The org gave no login.');
  return { pipeline, builds, queries };
}

function recording(
  engine: SqlEngine,
  builds: { build: Build; built: Built }[],
  queries: { query: Query; result: QueryResult }[],
): SqlEngine {
  return {
    materialise: async (build, signal) => {
      const built = await engine.materialise(build, signal);
      builds.push({ build, built });
      return built;
    },
    rows: (version, columns, signal) => engine.rows(version, columns, signal),
    query: async (query, signal) => {
      const result = await engine.query(query, signal);
      queries.push({ query, result });
      return result;
    },
  };
}
