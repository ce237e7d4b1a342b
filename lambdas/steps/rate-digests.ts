import { rateDigest } from '../domain/rate-digest.ts';
import type { DatasetConversion, Model } from '../domain/model.ts';
import { ratesTable } from '../domain/conversion.ts';
import { lakeCurrency } from '../domain/fx-config.ts';
import type { Slice, TableName, TableVersion } from '../domain/table.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';

/**
 * Of an incremental table with converted amounts: label of each partition that has lines in another currency -> hash over the rates that they
 * can meet. Other partitions need no rates and are not in the map. Where no file states a currency nothing is read.
 */
export async function rateDigests(
  ports: PipelinePorts,
  model: Model,
  tables: ReadonlyMap<TableName, TableVersion>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const { conversion, incrementalFrom } = model;
  const [partition] = model.contract.partition_by;
  const source = incrementalFrom === null ? undefined : tables.get(incrementalFrom);
  if (conversion === undefined || source === undefined || partition === undefined) return new Map();
  const slices = source.slices.filter((slice) => mayNeedRates(slice, conversion));
  if (slices.length === 0) return new Map();
  const stated = await ports.engine.query(
    { sql: foreignSql(source.table, partition, conversion), tables: [{ ...source, slices }] },
    signal,
  );
  const rates = tables.get(ratesTable);
  if (stated.rows.length === 0 || rates === undefined) return new Map();
  const known = await ports.engine.query({ sql: ratesSql, tables: [rates] }, signal);
  const months = stated.rows.map(([month, currency]) => ({ month: String(month), currency: String(currency) }));
  const digests = rateDigest(
    months,
    known.rows.map((row) => row.map(String)),
  );
  return new Map([...digests].map(([month, digest]) => [`${partition}=${month}`, digest]));
}

/** Slices tell how many nulls a column has: a file in which nobody states a currency is not read for it. */
function mayNeedRates(slice: Slice, { currency, defaultCurrency }: DatasetConversion): boolean {
  if (defaultCurrency !== null) return slice.rows > 0;
  const has = slice.columns.some((column) => column.name === currency);
  return has && (slice.nulls[currency] ?? 0) < slice.rows;
}

function foreignSql(table: TableName, partition: string, conversion: DatasetConversion): string {
  const stated =
    conversion.defaultCurrency === null
      ? conversion.currency
      : `coalesce(${conversion.currency}, '${conversion.defaultCurrency}')`;
  const sources = conversion.sources.map((source) => `'${source}'`).join(', ');
  return `select distinct ${partition}, ${stated} from ${table} where ${stated} <> '${lakeCurrency}' and _source_system in (${sources})`;
}

const ratesSql = `select currency, rate_month, cast(valid_from as varchar), cast(valid_until as varchar), cast(usd_per_unit as varchar), source
from ${ratesTable} order by currency, valid_from`;
