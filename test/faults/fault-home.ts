import { type LocalExecution, runLocally } from '../../lambdas/pipeline/run-locally.ts';
import type { PipelinePorts } from '../../lambdas/ports/pipeline-ports.ts';
import type { PlanRunInput } from '../../lambdas/steps/plan-run.ts';
import { queryLake } from '../../lambdas/steps/query-lake.ts';
import { type LocalPipeline, openLocal } from '../../lambdas/wiring/local.ts';
import { thinned } from '../support/thin-configuration.ts';
import { asOf } from './drops.ts';
import type { OrgAccess } from './fault-org.ts';

export interface FaultHome extends LocalPipeline {
  /** Runs the state machine, with some ports replaced. Throws what failed it. */
  run(input?: Partial<PlanRunInput>, replaced?: Partial<PipelinePorts>): Promise<LocalExecution>;
  /** Rows of a query as objects. */
  rows(sql: string): Promise<Record<string, string | number | boolean | null>[]>;
}

export interface HomeOptions {
  /** How far the clock is ahead. */
  readonly minutesAhead?: number;
  /** With every model of the project. */
  readonly whole?: boolean;
  /** An org to extract. */
  readonly org?: OrgAccess | undefined;
}

/** Opens a home as a new process would, and closes it after the work. */
export async function withHome<T>(
  home: string,
  work: (opened: FaultHome) => Promise<T>,
  { minutesAhead = 0, whole = false, org }: HomeOptions = {},
): Promise<T> {
  const settings = {
    home,
    configurationOverlay: org?.overlay ?? null,
    memoryMegabytes: 512,
    threads: 1,
    crashAt: null,
    org: org?.name ?? null,
    environment: org?.environment ?? {},
  };
  const pipeline = await openLocal(settings, { now: () => new Date(Date.now() + minutesAhead * 60_000) });
  try {
    return await work(opened(whole ? pipeline : thin(pipeline)));
  } finally {
    await pipeline.close();
  }
}

function thin(pipeline: LocalPipeline): LocalPipeline {
  return { ...pipeline, ports: { ...pipeline.ports, configuration: thinned(pipeline.ports.configuration) } };
}

function opened(pipeline: LocalPipeline): FaultHome {
  return {
    ...pipeline,
    run: async (input = {}, replaced = {}) => {
      const full = { asOf, rebuild: false, resume: null, ...input };
      const execution = await runLocally({ ...pipeline.ports, ...replaced }, full, new AbortController().signal);
      if (execution.error !== null) throw execution.error;
      return execution;
    },
    rows: async (sql) => {
      const result = await queryLake(pipeline.ports, pipeline.parser, sql);
      return result.rows.map((row) =>
        Object.fromEntries(result.columns.map(({ name }, index) => [name, row[index] ?? null])),
      );
    },
  };
}
