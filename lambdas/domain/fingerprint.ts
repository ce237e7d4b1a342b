import { compileWithRowChecks } from './compile-checks.ts';
import { ratesTable } from './conversion.ts';
import { type Model, writtenColumns } from './model.ts';
import { stableHash } from './stable-hash.ts';
import { partitionLabel, type Slice, type TableName, type TableVersion } from './table.ts';

/**
 * Fingerprints decide what a run has to compute again. A slice's fingerprint is a hash over everything its content follows from: the
 * model's text and columns, the parameters and as_of if the SQL reads them, and the fingerprints of the input slices.
 */
export interface FingerprintContext {
  readonly inputs: ReadonlyMap<TableName, TableVersion>;
  /** Text of as_of and all parameters. */
  readonly parameters: string;
  /** Label of each partition that converts amounts -> hash over the rates that it meets; see steps/rate-digests.ts. */
  readonly rates?: ReadonlyMap<string, string>;
  /** Text of the rows of a table that the ledger fills. */
  readonly ledger?: string | undefined;
}

function definition(model: Model): string {
  const columns = writtenColumns(model).map(({ name, type }) => `${name} ${type}`);
  return [compileWithRowChecks(model), columns.join(','), model.contract.partition_by.join(','), model.checksHash].join(
    '\n',
  );
}

function hashOf(slices: readonly Slice[]): string {
  return slices
    .map((slice) => slice.fingerprint)
    .toSorted()
    .join(',');
}

/** Of a table that is always written whole. */
export function tableFingerprint(model: Model, context: FingerprintContext): string {
  const inputs = model.inputs.map((input) => `${input}=${hashOf(context.inputs.get(input)?.slices ?? [])}`);
  const ledger = context.ledger === undefined ? [] : [context.ledger];
  return stableHash(
    [definition(model), model.readsParameters ? context.parameters : '', ...inputs, ...ledger].join('\n'),
  );
}

/**
 * Of one partition of an incremental table. References only release rows from quarantine, never send them there, so they count only
 * while the partition has quarantined rows: `waiting` says so. Exchange rates count by their values, and only where amounts are in
 * another currency: a new day's rates leave all earlier partitions as they are.
 */
export function partitionFingerprint(
  model: Model,
  context: FingerprintContext,
  label: string,
  waiting: boolean,
): string {
  const source = model.incrementalFrom;
  const own = source === null ? [] : (context.inputs.get(source)?.slices ?? []);
  const inputs = own.filter((slice) => partitionLabel(slice.partition) === label);
  const references = model.inputs
    .filter((input) => input !== source && !(model.conversion !== undefined && input === ratesTable) && waiting)
    .map((input) => `${input}=${hashOf(context.inputs.get(input)?.slices ?? [])}`);
  const parameters = model.readsParameters ? context.parameters : '';
  const rates = context.rates?.get(label);
  const converted = rates === undefined ? [] : [`rates=${rates}`];
  return stableHash([definition(model), label, hashOf(inputs), parameters, ...references, ...converted].join('\n'));
}

/** Of a slice of a table that is appended to, given the slices that it was computed from. */
export function appendedFingerprint(model: Model, context: FingerprintContext, sources: readonly Slice[]): string {
  const parameters = model.readsParameters ? context.parameters : '';
  return stableHash([definition(model), hashOf(sources), parameters].join('\n'));
}

export function contentHash(tables: readonly TableVersion[]): string {
  const parts = tables.map((version) => `${version.table}:${hashOf(version.slices)}`);
  return stableHash(parts.toSorted().join('\n'));
}
