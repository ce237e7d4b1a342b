import { z } from 'zod';
import { personalMarkSchema } from '../personal-data.ts';
import { type Configuration, datasetsOf, modelOf } from '../configuration.ts';
import type { Publication } from '../publication.ts';
import { baseName, bytesOf, layerOf, rowsOf, type TableVersion } from '../table.ts';

const columnSchema = z.object({
  name: z.string(),
  type: z.string(),
  description: z.string(),
  unit: z.string().nullable(),
  pii: personalMarkSchema.exclude(['none']).nullable(),
  definition: z.enum(['specification', 'ours']).nullable(),
  null_share: z.number().nullable(),
});

/** A table of a publication as the API tells of it. */
export const servedTableSchema = z.object({
  table: z.string(),
  layer: z.string(),
  row: z.string().nullable(),
  description: z.string().nullable(),
  owner: z.string().nullable(),
  rows: z.number(),
  bytes: z.number(),
  row_change: z.number().nullable(),
  /** The run that wrote the newest slice; null without one. */
  built_by: z.string().nullable(),
  key: z.array(z.string()),
  partition_by: z.array(z.string()),
  how: z.enum(['sql', 'code', 'collected', 'ledger']),
  sql: z.string().nullable(),
  made_from: z.array(z.string()),
  columns: z.array(columnSchema),
});
export type ServedTable = z.infer<typeof servedTableSchema>;

/** Every table of the publication with its definition, in the order of names. `before` is the publication that it was built on. */
export function servedTables(
  configuration: Configuration,
  publication: Publication,
  before: Publication | null,
): ServedTable[] {
  const rowsBefore = new Map(before?.tables.map((version) => [version.table, rowsOf(version)]));
  return publication.tables
    .map((version): ServedTable => {
      const was = rowsBefore.get(version.table);
      const rows = rowsOf(version);
      return {
        table: version.table,
        layer: layerOf(version.table),
        rows,
        bytes: bytesOf(version),
        row_change: was === undefined ? null : rows - was,
        built_by: newestRun(version),
        partition_by: [...version.partitionBy],
        ...definition(configuration, version),
      };
    })
    .toSorted((a, b) => (a.table < b.table ? -1 : 1));
}

type Definition = Pick<ServedTable, 'row' | 'description' | 'owner' | 'key' | 'how' | 'sql' | 'made_from' | 'columns'>;

function definition(configuration: Configuration, version: TableVersion): Definition {
  const model = modelOf(configuration, version.table);
  if (model === undefined) return { ...collected(configuration, version), columns: columnsOf(version, new Map()) };
  const { contract, code, fromLedger, sql, inputs } = model;
  return {
    row: contract.row,
    description: contract.description,
    owner: contract.owner,
    key: contract.key,
    how: fromLedger !== undefined ? 'ledger' : code !== undefined ? 'code' : 'sql',
    sql: code === undefined ? sql : code.name,
    made_from: [...inputs],
    columns: columnsOf(version, new Map(contract.columns.map(({ name, definition }) => [name, definition ?? null]))),
  };
}

/** Tables that dropping, extracting or setting aside fills. */
function collected(configuration: Configuration, { table }: TableVersion): Omit<Definition, 'columns'> {
  const common = { key: [] as string[], how: 'collected' as const, sql: null };
  const name = baseName(table);
  if (layerOf(table) === 'quarantine') {
    const dataset = configuration.datasets.find((each) => each.dataset === name);
    const origin = /^(silver|gold)_/.test(name) ? name.replace('_', '.') : null;
    return {
      ...common,
      row: 'one row that was set aside',
      description: `Rows of ${origin ?? `dropped files (${name})`} that broke a rule, each with every reason.`,
      owner: dataset?.owner ?? (origin === null ? null : (modelOf(configuration, origin)?.contract.owner ?? null)),
      made_from: origin === null ? [] : [...(modelOf(configuration, origin)?.inputs ?? [])],
    };
  }
  const [dataset] = datasetsOf(configuration, name);
  return {
    ...common,
    row: dataset === undefined ? 'one version of a record of the org' : 'one accepted line of a dropped file',
    description: dataset?.description ?? 'Records of the Salesforce org as they came.',
    owner: dataset?.owner ?? null,
    made_from: [],
  };
}

function columnsOf(
  version: TableVersion,
  definitions: ReadonlyMap<string, 'specification' | 'ours' | null>,
): ServedTable['columns'] {
  const rows = rowsOf(version);
  return version.columns.map(({ name, type, description, unit, pii }) => {
    const nulls = version.slices.reduce((sum, slice) => sum + (slice.nulls[name] ?? slice.rows), 0);
    return {
      name,
      type,
      description: description ?? '',
      unit: unit ?? null,
      pii: pii === 'none' ? null : (pii ?? null),
      definition: definitions.get(name) ?? null,
      null_share: rows === 0 ? null : Math.round((10_000 * nulls) / rows) / 10_000,
    };
  });
}

function newestRun(version: TableVersion): string | null {
  return version.slices.reduce<string | null>(
    (newest, { runId }) => (newest === null || runId > newest ? runId : newest),
    null,
  );
}
