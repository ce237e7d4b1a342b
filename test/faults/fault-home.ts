import { type LocalExecution, runLocally } from '../../lambdas/pipeline/run-locally.ts';
import type { PipelinePorts } from '../../lambdas/ports/pipeline-ports.ts';
import type { PlanRunInput } from '../../lambdas/steps/plan-run.ts';
import { lakeRows } from '../../lambdas/steps/lake-rows.ts';
import { type LocalPipeline, openLocal } from '../../lambdas/wiring/local.ts';
import { thinned } from '../support/thin-configuration.ts';
import { asOf } from './drops.ts';
import type { OrgAccess } from './fault-org.ts';
import { pipelineSettings } from '../support/pipeline-settings.ts';

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
  const ofOrg =
    org === undefined ? {} : { configurationOverlay: org.overlay, org: org.name, environment: org.environment };
  const settings = pipelineSettings(home, { threads: 1, ...ofOrg });
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
    rows: (sql) => lakeRows(pipeline.ports, pipeline.parser, sql),
  };
}
