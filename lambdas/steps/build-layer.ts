import { layerModels } from '../domain/configuration.ts';
import type { BuildOutcome } from '../domain/outcomes.ts';
import type { RunTicket } from '../domain/plan.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { buildModel } from './build-model.ts';
import { keepLease } from './lease.ts';
import { loadPlan } from './load-plan.ts';
import { type CodeResults, releaseResult } from './run-code-model.ts';
import { RunEngine } from './run-engine.ts';
import { RunState } from './run-state.ts';
import { addBuiltTable, addBuiltTables, collectedTables, publishedTables } from './run-tables.ts';

export interface BuildLayerOutput {
  readonly layer: string;
  /** Tables computed in this run; the others were kept as they were. */
  readonly built: number;
  readonly kept: number;
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly quarantined: number;
  readonly bytes: number;
  /** What Athena read, where it was used. */
  readonly bytesScanned: number;
}

/** Computes the models of one layer, in dependency order, as far as their inputs, text or parameters changed. */
export async function buildLayer(
  given: PipelinePorts,
  input: { run: RunTicket; layer: string },
  signal: AbortSignal,
): Promise<BuildLayerOutput> {
  const { ports, bytesScanned } = RunEngine.chosenFor(given, input.run);
  await keepLease(ports, input.run);
  const plan = await loadPlan(ports, input.run.runId);
  const published = await publishedTables(ports, plan.pointer.newest);
  const tables = await addBuiltTables(ports, plan.runId, await collectedTables(ports, plan, published));
  const state = new RunState(ports.lake, plan.runId);
  const models = layerModels(ports.configuration, input.layer);
  const code: CodeResults = new Map();
  const outcomes: BuildOutcome[] = [];
  for (const [index, model] of models.entries()) {
    signal.throwIfAborted();
    const totals = { rows: sum(outcomes, 'rowsOut'), bytes: sum(outcomes, 'bytes') };
    ports.progress({
      stage: `build-layer ${input.layer}`,
      item: model.table,
      done: index,
      total: models.length,
      ...totals,
    });
    const outcome =
      (await state.built(model.table)) ?? (await buildModel(ports, model, input.run, tables, published, code, signal));
    const saved = await state.saveBuilt(outcome);
    outcomes.push(saved);
    ports.crash('build-layer:outcome-written');
    addBuiltTable(tables, model, saved);
    releaseResult(code, model, models.slice(index + 1));
    await keepLease(ports, input.run);
  }
  const built = outcomes.filter((outcome) => outcome.built);
  return {
    layer: input.layer,
    built: built.length,
    kept: outcomes.length - built.length,
    rowsIn: sum(built, 'rowsIn'),
    rowsOut: sum(built, 'rowsOut'),
    quarantined: sum(outcomes, 'quarantined'),
    bytes: sum(built, 'bytes'),
    bytesScanned: bytesScanned(),
  };
}

function sum(outcomes: readonly BuildOutcome[], column: 'rowsIn' | 'rowsOut' | 'quarantined' | 'bytes'): number {
  return outcomes.reduce((total, outcome) => total + outcome[column], 0);
}
