import { rowChecks } from '../domain/compile-checks.ts';
import { layerModels } from '../domain/configuration.ts';
import { QualityHaltError } from '../domain/errors.ts';
import { hiddenColumns, hiddenValue } from '../domain/hidden-columns.ts';
import { type Check, type Model, splitInputs } from '../domain/model.ts';
import type { BuildOutcome, CheckResult } from '../domain/outcomes.ts';
import type { RunTicket } from '../domain/plan.ts';
import { rowsOf, type TableName, type TableVersion } from '../domain/table.ts';
import { type TableCheck, tableChecks } from '../domain/table-checks.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { keepLease } from './lease.ts';
import { loadPlan } from './load-plan.ts';
import { runParameters } from './run-parameters.ts';
import { RunEngine } from './run-engine.ts';
import { RunState } from './run-state.ts';
import { addBuiltTables, collectedTables, previousVersions, publishedTables } from './run-tables.ts';

export interface CheckLayerOutput {
  readonly layer: string;
  readonly checks: number;
  readonly passed: number;
  readonly warned: number;
  readonly quarantined: number;
  /** What Athena read, where it was used. */
  readonly bytesScanned: number;
}

const sampleRows = 5;

/** Judges the tables of a layer that this run computed. Throws QualityHaltError when a halting check fails. */
export async function checkLayer(
  given: PipelinePorts,
  input: { run: RunTicket; layer: string },
  signal: AbortSignal,
): Promise<CheckLayerOutput> {
  const { ports, bytesScanned } = RunEngine.chosenFor(given, input.run);
  await keepLease(ports, input.run);
  const state = new RunState(ports.lake, input.run.runId);
  const known = await state.checked(input.layer);
  const results = known?.results ?? (await judge(ports, input, state, signal));
  ports.crash('check-layer:checked');
  await state.saveChecked({ layer: input.layer, results: [...results] });
  const failed = results.filter((result) => !result.passed);
  const halting = failed.filter((result) => result.severity === 'halt');
  if (halting.length > 0) throw haltError(input.layer, halting);
  // What is set aside is counted by itself: a row waiting in quarantine is no failed check.
  const checks = results.filter((result) => result.check !== 'quarantine');
  return {
    layer: input.layer,
    checks: checks.length,
    passed: checks.filter((result) => result.passed).length,
    warned: failed.filter((result) => result.severity === 'warn').length,
    quarantined: failed
      .filter((result) => result.severity === 'quarantine')
      .reduce((sum, result) => sum + result.value, 0),
    bytesScanned: bytesScanned(),
  };
}

function haltError(layer: string, halting: readonly CheckResult[]): QualityHaltError {
  const list = halting.map(
    (result) => `${result.table}: ${result.check} fails with ${result.value} rows (${result.description})`,
  );
  return new QualityHaltError(
    `${halting.length} halting ${halting.length === 1 ? 'check fails' : 'checks fail'} in ${layer}; nothing was published.\n${list.map((line) => `  - ${line}`).join('\n')}`,
    { advice: 'See `headwater quality` for the failing rows; readers keep the last good publication.' },
  );
}

async function judge(
  ports: PipelinePorts,
  input: { run: RunTicket; layer: string },
  state: RunState,
  signal: AbortSignal,
): Promise<CheckResult[]> {
  const plan = await loadPlan(ports, input.run.runId);
  const published = await publishedTables(ports, plan.pointer.newest);
  const tables = await addBuiltTables(ports, plan.runId, await collectedTables(ports, plan, published));
  const { previous } = splitInputs([...ports.configuration.checkTables.values()].flat());
  for (const version of previousVersions(ports.configuration, previous, published, input.run.rebuild))
    tables.set(version.table, version);
  const results: CheckResult[] = [];
  const judged = new Map<string, Failing>();
  const models = layerModels(ports.configuration, input.layer);
  for (const [index, model] of models.entries()) {
    ports.progress({
      stage: `check-layer ${input.layer}`,
      item: model.table,
      done: index,
      total: models.length,
      rows: 0,
      bytes: 0,
    });
    const outcome = await state.built(model.table);
    if (outcome === null) continue;
    results.push(...quarantineResults(model, outcome));
    if (!outcome.built) continue;
    const checks = tableChecks(
      model,
      ports.configuration.checkSql,
      (file) => ports.configuration.checkTables.get(file) ?? [],
    );
    const sound = await soundRowChecks(ports, model, checks, tables, signal);
    for (const check of checks) {
      signal.throwIfAborted();
      // Tables that should agree declare the same check, which is asked once.
      const failing = sound.has(check)
        ? none
        : (judged.get(check.sql) ?? (await failingRows(ports, check, tables, input.run.asOf, signal)));
      judged.set(check.sql, failing);
      results.push(resultOf(model, check, failing));
    }
    results.push(...rowCountResults(model, outcome, published.get(model.table)));
  }
  return results;
}

interface Failing {
  readonly rows: number;
  readonly sample: readonly string[];
}

const none: Failing = { rows: 0, sample: [] };

/** The rows that a check's SQL returns, counted, and a few of them as JSON without what is personal: analysts may read it. */
async function failingRows(
  ports: PipelinePorts,
  check: TableCheck,
  tables: ReadonlyMap<TableName, TableVersion>,
  asOf: string,
  signal: AbortSignal,
): Promise<Failing> {
  const reads = check.reads.map((name) => tables.get(name)).filter((version) => version !== undefined);
  const query = { tables: reads, parameters: runParameters(ports, asOf), keepTables: true };
  const sample = await ports.engine.query({ ...query, sql: check.sql, limit: sampleRows }, signal);
  const hides = hiddenColumns(ports.configuration.models.filter(({ table }) => check.reads.includes(table)));
  const shown = (name: string, value: unknown) => (value !== null && hides(name) ? hiddenValue : value);
  const asObject = (row: readonly unknown[]) =>
    JSON.stringify(Object.fromEntries(sample.columns.map(({ name }, index) => [name, shown(name, row[index])])));
  let rows = sample.rows.length;
  if (sample.truncated) {
    const counted = await ports.engine.query(
      { ...query, sql: `select count(*) as n from (${check.sql}) as failing` },
      signal,
    );
    rows = Number(counted.rows[0]?.[0] ?? rows);
  }
  return { rows, sample: sample.rows.map(asObject) };
}

/** Checks of single rows that no row fails, found in one pass over the table: it may have hundreds of files. In an empty one none does. */
async function soundRowChecks(
  ports: PipelinePorts,
  model: Model,
  checks: readonly TableCheck[],
  tables: ReadonlyMap<TableName, TableVersion>,
  signal: AbortSignal,
): Promise<Set<TableCheck>> {
  const ofRows = checks.filter((check) => check.condition !== null);
  const version = tables.get(model.table);
  if (version !== undefined && rowsOf(version) === 0) return new Set(checks.filter((check) => check.ofOwnRows));
  if (ofRows.length === 0 || version === undefined) return new Set();
  const counts = ofRows.map((check, index) => `count(case when ${check.condition} then 1 end) as c${index}`);
  const sql = `select ${counts.join(', ')} from ${model.table} as t`;
  const { rows } = await ports.engine.query({ sql, tables: [version], keepTables: true }, signal);
  return new Set(ofRows.filter((_, index) => Number(rows[0]?.[index]) === 0));
}

function resultOf(model: Model, check: TableCheck, failing: Failing): CheckResult {
  return {
    table: model.table,
    check: check.name,
    severity: check.severity,
    passed: failing.rows === 0,
    value: failing.rows,
    threshold: 0,
    description: check.description,
    sample: [...failing.sample],
    sql: check.sql,
  };
}

/** How many rows each quarantining check set aside; the rows themselves are in the quarantine table. */
function quarantineResults(model: Model, outcome: BuildOutcome): CheckResult[] {
  if (rowChecks(model).length === 0) return [];
  return [
    {
      table: model.table,
      check: 'quarantine',
      severity: 'quarantine',
      passed: outcome.quarantined === 0,
      value: outcome.quarantined,
      threshold: 0,
      description:
        outcome.reasons.map(({ reason, rows }) => `${reason}: ${rows}`).join('; ') ||
        'rows set aside by an earlier run; their reasons stand beside them',
      sample: [],
      sql: `select * from quarantine.${model.table.replace('.', '_')}`,
    },
  ];
}

function rowCountResults(model: Model, outcome: BuildOutcome, before: TableVersion | undefined): CheckResult[] {
  const declared = model.contract.checks.filter((check) => check.check === 'row_count_change');
  const earlier = before === undefined ? 0 : rowsOf(before);
  if (earlier === 0) return [];
  const now = outcome.slices.reduce((sum, slice) => sum + slice.rows, 0);
  const percent = Math.round((1_000 * Math.abs(now - earlier)) / earlier) / 10;
  return declared.map((check) => rowCountResult(model, check, percent, earlier, now));
}

function rowCountResult(model: Model, check: Check, percent: number, earlier: number, now: number): CheckResult {
  const threshold = check.maximum_percent ?? 0;
  return {
    table: model.table,
    check: 'row_count_change',
    severity: check.severity,
    passed: percent <= threshold,
    value: percent,
    threshold,
    description: `rows changed from ${earlier} to ${now}`,
    sample: [],
    sql: `select count(*) from ${model.table}`,
  };
}
