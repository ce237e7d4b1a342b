import { type BuildPlan, narrowedInputs, planBuild } from '../domain/build-plan.ts';
import { compileWithRowChecks, rowChecks } from '../domain/compile-checks.ts';
import {
  appendedFingerprint,
  type FingerprintContext,
  partitionFingerprint,
  tableFingerprint,
} from '../domain/fingerprint.ts';
import { type Model, writtenColumns } from '../domain/model.ts';
import type { BuildOutcome } from '../domain/outcomes.ts';
import type { RunTicket } from '../domain/plan.ts';
import {
  baseName,
  layerOf,
  partitionLabel,
  partitionOf,
  rowsOf,
  type Slice,
  type TableName,
  type TableVersion,
} from '../domain/table.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import type { Build, Built, Parameter } from '../ports/sql-engine.ts';
import { decisionRows } from './decision-rows.ts';
import { rateDigests } from './rate-digests.ts';
import { type CodeResults, runCodeModel } from './run-code-model.ts';
import { previousVersions } from './run-tables.ts';
import { runParameters } from './run-parameters.ts';

/** Computes what is stale of one model's table, and keeps the rest of the published version. */
export async function buildModel(
  ports: PipelinePorts,
  model: Model,
  run: RunTicket,
  tables: ReadonlyMap<TableName, TableVersion>,
  published: ReadonlyMap<TableName, TableVersion>,
  code: CodeResults,
  signal: AbortSignal,
): Promise<BuildOutcome> {
  const started = ports.now().getTime();
  const parameters = runParameters(ports, run.asOf);
  const rates = await rateDigests(ports, model, tables, signal);
  const decisions = await decisionRows(ports, model);
  const ledger = decisions === undefined ? undefined : JSON.stringify(decisions);
  const context: FingerprintContext = { inputs: tables, parameters: JSON.stringify(parameters), rates, ledger };
  const plan = planBuild(model, context, published, run.rebuild);
  if (plan.compute !== 'whole' && plan.compute.length === 0) {
    return outcomeOf(model, { slices: [], quarantine: [], reasons: [] }, plan.keep, plan.keepQuarantine, false, 0, 0);
  }
  const previous = previousVersions(ports.configuration, model.previous, published, run.rebuild);
  const built = hasNoSource(model, tables)
    ? { slices: [emptySlice(model, '', run)], quarantine: [], reasons: [] }
    : await compute(ports, model, run, plan, { parameters, rates, code, previous, decisions }, signal);
  ports.crash('build-layer:written');
  const stamped = stamp(model, context, built, plan, run);
  const rowsIn = plan.inputs.reduce((total, version) => total + rowsOf(version), 0);
  const seconds = (ports.now().getTime() - started) / 1_000;
  return outcomeOf(model, stamped, plan.keep, plan.keepQuarantine, true, rowsIn, seconds);
}

/** A lake without an org, or without files of a dataset, has many such tables. */
function hasNoSource(model: Model, tables: ReadonlyMap<TableName, TableVersion>): boolean {
  const source = model.rowsFrom === undefined ? undefined : tables.get(model.rowsFrom);
  return source !== undefined && rowsOf(source) === 0;
}

interface ComputeInput {
  readonly parameters: readonly Parameter[];
  readonly rates: ReadonlyMap<string, string>;
  readonly code: CodeResults;
  readonly previous: readonly TableVersion[];
  readonly decisions: readonly object[] | undefined;
}

/** A table written whole is one build; of an incremental one each stale partition is. */
async function compute(
  ports: PipelinePorts,
  model: Model,
  run: RunTicket,
  plan: BuildPlan,
  { parameters, rates, code, previous, decisions }: ComputeInput,
  signal: AbortSignal,
): Promise<Built> {
  const attempt = `run=${run.runId}/${run.fencingToken}-${Math.floor(ports.random() * 0x1000000).toString(16)}`;
  const layer = layerOf(model.table);
  const whole: Build = {
    table: model.table,
    columns: writtenColumns(model),
    partitionBy: model.contract.partition_by,
    sql: compileWithRowChecks(model),
    quarantines: rowChecks(model).length > 0,
    rowsGiven: decisions ?? (await rowsOfCode(ports, model, [...plan.inputs, ...previous], code, run, signal)),
    inputs: [...plan.inputs, ...previous],
    parameters,
    runId: run.runId,
    asOf: run.asOf,
    prefix: `${layer}/${baseName(model.table)}/${attempt}`,
    quarantinePrefix: `quarantine/${model.table.replace('.', '_')}/${attempt}`,
  };
  ports.crash('build-layer:before-write');
  if (plan.compute === 'whole') return await ports.engine.materialise(whole, signal);
  const parts: Built[] = [];
  for (const [index, label] of plan.compute.entries()) {
    signal.throwIfAborted();
    const item = `${model.table} ${label}`;
    const rows = parts.flatMap((part) => part.slices).reduce((sum, slice) => sum + slice.rows, 0);
    ports.progress({ stage: `build-layer ${layer}`, item, done: index, total: plan.compute.length, rows, bytes: 0 });
    const inputs = narrowedInputs(model, whole.inputs, label);
    const build = {
      ...whole,
      sql: rates.has(label) ? whole.sql : compileWithRowChecks(withoutConversion(model)),
      partition: partitionOf(label),
      inputs,
      rows: knownRows(model, inputs),
      prefix: `${whole.prefix}/${label}`,
      quarantinePrefix: `${whole.quarantinePrefix}/${label}`,
    };
    parts.push(await ports.engine.materialise(build, signal));
  }
  return {
    slices: parts.flatMap((part) => part.slices),
    quarantine: parts.flatMap((part) => part.quarantine),
    reasons: summed(parts.flatMap((part) => part.reasons)),
  };
}

async function rowsOfCode(
  ports: PipelinePorts,
  { code: model, table }: Model,
  versions: readonly TableVersion[],
  results: CodeResults,
  run: RunTicket,
  signal: AbortSignal,
): Promise<readonly object[] | undefined> {
  if (model === undefined) return undefined;
  const result = results.get(model.name) ?? runCodeModel(ports, model, versions, run.asOf, signal);
  results.set(model.name, result);
  return (await result).get(table) ?? [];
}

/** Where no line needs a rate, none is looked up. */
function withoutConversion(model: Model): Model {
  return model.conversion === undefined ? model : { ...model, sql: model.conversion.plainSql };
}

/** A model compiled from contracts of events has a row for each row of its bronze table. */
function knownRows(model: Model, inputs: readonly TableVersion[]): number | undefined {
  const source = inputs.find((version) => version.table === model.incrementalFrom);
  return model.datasets.length === 0 || source === undefined ? undefined : rowsOf(source);
}

function summed(reasons: Built['reasons']): Built['reasons'] {
  const rows = new Map<string, number>();
  for (const { reason, rows: more } of reasons) rows.set(reason, (rows.get(reason) ?? 0) + more);
  return [...rows].map(([reason, count]) => ({ reason, rows: count })).toSorted((a, b) => b.rows - a.rows);
}

/** Gives slices their fingerprints; a computed partition without a row gets an empty slice, so that it counts as computed. */
function stamp(
  model: Model,
  context: FingerprintContext,
  built: Built,
  { compute: computed, sources }: BuildPlan,
  run: RunTicket,
): Built {
  if (sources !== undefined) {
    const read = { fingerprint: appendedFingerprint(model, context, sources), sources: sources.map(({ id }) => id) };
    return { ...built, slices: built.slices.map((slice) => ({ ...slice, ...read })) };
  }
  if (computed === 'whole') {
    const fingerprint = tableFingerprint(model, context);
    const print = (slice: Slice) => ({ ...slice, fingerprint });
    return { ...built, slices: built.slices.map(print), quarantine: built.quarantine.map(print) };
  }
  const waiting = new Set(built.quarantine.map((slice) => partitionLabel(slice.partition)));
  const print = (slice: Slice): Slice => {
    const label = partitionLabel(slice.partition);
    return { ...slice, fingerprint: partitionFingerprint(model, context, label, waiting.has(label)) };
  };
  const written = new Set(built.slices.map((slice) => partitionLabel(slice.partition)));
  const empty = computed.filter((label) => !written.has(label)).map((label) => emptySlice(model, label, run));
  return { ...built, slices: [...built.slices, ...empty].map(print), quarantine: built.quarantine.map(print) };
}

function emptySlice(model: Model, label: string, run: RunTicket): Slice {
  const partition = label === '' ? {} : partitionOf(label);
  const id = `${model.table.replace('.', '/')}/run=${run.runId}/empty/${label}`;
  return { id, partition, runId: run.runId, columns: [], files: [], rows: 0, bytes: 0, nulls: {}, fingerprint: '' };
}

function outcomeOf(
  model: Model,
  built: Built,
  keep: readonly Slice[],
  keepQuarantine: readonly Slice[],
  computed: boolean,
  rowsIn: number,
  seconds: number,
): BuildOutcome {
  const slices = [...keep, ...built.slices];
  const quarantine = [...keepQuarantine, ...built.quarantine];
  return {
    table: model.table,
    built: computed,
    rowsIn,
    rowsOut: built.slices.reduce((total, slice) => total + slice.rows, 0),
    quarantined: quarantine.reduce((total, slice) => total + slice.rows, 0),
    bytes: built.slices.reduce((total, slice) => total + slice.bytes, 0),
    seconds,
    slices: slices as BuildOutcome['slices'],
    quarantine: quarantine as BuildOutcome['quarantine'],
    reasons: [...built.reasons],
  };
}
