import { appendedFingerprint, type FingerprintContext, partitionFingerprint, tableFingerprint } from './fingerprint.ts';
import { type Model, quarantineOf } from './model.ts';
import { partitionLabel, type Slice, type TableName, type TableVersion } from './table.ts';

/** What has to be computed for one model, and what can be kept from the version before. */
export interface BuildPlan {
  /** Labels of the partitions to compute, or 'whole'; empty when everything can be kept. */
  readonly compute: 'whole' | readonly string[];
  readonly keep: readonly Slice[];
  readonly keepQuarantine: readonly Slice[];
  readonly inputs: readonly TableVersion[];
  /** Set for a table that is appended to: the slices of its source that are to be read. */
  readonly sources?: readonly Slice[];
}

/**
 * Compares fingerprints with those of the newest published version. `rebuild` keeps nothing.
 */
export function planBuild(
  model: Model,
  context: FingerprintContext,
  published: ReadonlyMap<TableName, TableVersion>,
  rebuild: boolean,
): BuildPlan {
  const before = rebuild ? [] : (published.get(model.table)?.slices ?? []);
  const beforeQuarantine = rebuild ? [] : (published.get(quarantineOf(model.table))?.slices ?? []);
  const inputs = model.inputs.map((input) => context.inputs.get(input)).filter((version) => version !== undefined);
  if (model.appendsFrom !== undefined) return planAppended(model, context, before, inputs);
  if (!isIncremental(model, inputs)) {
    const same = before.length > 0 && before.every((slice) => slice.fingerprint === tableFingerprint(model, context));
    return same
      ? { compute: [], keep: before, keepQuarantine: beforeQuarantine, inputs: [] }
      : { compute: 'whole', keep: [], keepQuarantine: [], inputs };
  }
  return planPartitions(model, context, before, beforeQuarantine, inputs);
}

/** One build for all slices of the source that no kept slice was computed from. */
function planAppended(
  model: Model,
  context: FingerprintContext,
  before: readonly Slice[],
  inputs: readonly TableVersion[],
): BuildPlan {
  const given = new Map(
    inputs.flatMap(({ table, slices }) =>
      table === model.appendsFrom ? slices.map((slice) => [slice.id, slice]) : [],
    ),
  );
  const keep = before.filter(({ sources, fingerprint }) => {
    const known = (sources ?? []).map((id) => given.get(id)).filter((slice) => slice !== undefined);
    const isWhole = sources !== undefined && known.length === sources.length;
    return isWhole && fingerprint === appendedFingerprint(model, context, known);
  });
  const done = new Set(keep.flatMap((slice) => slice.sources ?? []));
  const sources = [...given.values()].filter((slice) => !done.has(slice.id));
  if (sources.length === 0) return { compute: [], keep, keepQuarantine: [], inputs: [] };
  const narrowed = inputs.map((version) =>
    version.table === model.appendsFrom ? { ...version, slices: sources } : version,
  );
  return { compute: 'whole', keep, keepQuarantine: [], inputs: narrowed, sources };
}

/** Slices from before the contract got its partition column (or after it lost it) cannot be told apart by it: then all is written whole. */
function isIncremental(model: Model, inputs: readonly TableVersion[]): boolean {
  const source = inputs.find((version) => version.table === model.incrementalFrom);
  const wanted = model.contract.partition_by.join('/');
  return source?.slices.every((slice) => Object.keys(slice.partition).join('/') === wanted) ?? false;
}

function planPartitions(
  model: Model,
  context: FingerprintContext,
  before: readonly Slice[],
  beforeQuarantine: readonly Slice[],
  inputs: readonly TableVersion[],
): BuildPlan {
  const source = inputs.find((version) => version.table === model.incrementalFrom);
  const labels = [...new Set((source?.slices ?? []).map((slice) => partitionLabel(slice.partition)))].toSorted();
  const waiting = new Set(beforeQuarantine.map((slice) => partitionLabel(slice.partition)));
  const stale = labels.filter((label) => {
    const expected = partitionFingerprint(model, context, label, waiting.has(label));
    return !before.some((slice) => partitionLabel(slice.partition) === label && slice.fingerprint === expected);
  });
  const kept = (slice: Slice) => {
    const label = partitionLabel(slice.partition);
    return labels.includes(label) && !stale.includes(label);
  };
  return {
    compute: stale,
    keep: before.filter(kept),
    keepQuarantine: beforeQuarantine.filter(kept),
    inputs: stale.length > 0 ? inputs : [],
  };
}

/** Inputs cut down to what one partition needs: of the table that partitions come from, only that partition. */
export function narrowedInputs(model: Model, inputs: readonly TableVersion[], label: string): TableVersion[] {
  return inputs.map((version) =>
    version.table === model.incrementalFrom
      ? { ...version, slices: version.slices.filter((slice) => partitionLabel(slice.partition) === label) }
      : version,
  );
}
