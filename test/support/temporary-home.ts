import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Configuration } from '../../lambdas/domain/configuration.ts';
import { runLocally, type LocalExecution } from '../../lambdas/pipeline/run-locally.ts';
import type { StageEvent } from '../../lambdas/pipeline/follow-execution.ts';
import type { PlanRunInput } from '../../lambdas/steps/plan-run.ts';
import { lakeRows } from '../../lambdas/steps/lake-rows.ts';
import { type LocalOptions, type LocalPipeline, openLocal } from '../../lambdas/wiring/local.ts';
import { pipelineSettings } from './pipeline-settings.ts';

export interface TestPipeline extends LocalPipeline {
  /** Runs the state machine; throws what failed it. */
  run(input?: Partial<PlanRunInput>, watch?: (event: StageEvent) => void): Promise<LocalExecution>;
  /** Rows of a query as objects. */
  rows(sql: string): Promise<Record<string, string | number | boolean | null>[]>;
}

export async function temporaryFolder(): Promise<string> {
  return await mkdtemp(join(tmpdir(), 'headwater-'));
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** A pipeline over a home folder, with small memory and a configuration of the test's choice, or what `configured` makes of it. */
export async function testPipeline(
  home: string,
  overlay: string | null = null,
  options: LocalOptions = {},
  configured: (configuration: Configuration) => Configuration = (configuration) => configuration,
): Promise<TestPipeline> {
  const pipeline = await openLocal(pipelineSettings(home, { configurationOverlay: overlay }), options);
  const ports = { ...pipeline.ports, configuration: configured(pipeline.ports.configuration) };
  return {
    ...pipeline,
    ports,
    run: async (input = {}, watch) => {
      const full = { asOf: '2025-06-30', rebuild: false, resume: null, ...input };
      const execution = await runLocally(ports, full, new AbortController().signal, watch);
      if (execution.error !== null) throw execution.error;
      return execution;
    },
    rows: (sql) => lakeRows(ports, pipeline.parser, sql),
  };
}
