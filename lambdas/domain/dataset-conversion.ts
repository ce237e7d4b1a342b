import { convertedSql, moneyColumns, rateChecks, rateColumns, rateJoins } from './conversion.ts';
import type { Dataset } from './dataset.ts';
import { lakeCurrency } from './fx-config.ts';
import type { Check, DatasetConversion } from './model.ts';
import type { Column } from './table.ts';
import { literal } from './sql-text.ts';

/** How the amounts of dropped datasets become USD: a line that states no currency is in the default one. */

/** The silver columns of a dataset: beside every amount the original, behind the currency the rate. */
export function silverColumns(dataset: Dataset, carried: readonly Column[]): Column[] {
  const { money } = dataset;
  if (money === undefined) return [...carried];
  return carried.flatMap((column) => {
    if (column.name === money.currency) return [column, ...rateColumns];
    if (!money.columns.includes(column.name)) return [column];
    if (!money.convert) return [column, ...moneyColumns(column).slice(1)];
    const [usd, original] = moneyColumns(column);
    const description = `${original?.description ?? ''}; NULL when nothing was converted, as ${column.name} is the original then`;
    return [usd ?? column, { ...column, name: `${column.name}_original`, unit: undefined, description }];
  });
}

/** Null where no dataset of the table wants its amounts converted. */
export function conversionOf(
  datasets: readonly Dataset[],
  defaultCurrency: string,
  plain: string,
): DatasetConversion | undefined {
  const converting = datasets.filter((dataset) => dataset.money?.convert === true);
  const [first] = converting;
  if (first?.money === undefined) return undefined;
  return {
    currency: first.money.currency,
    defaultCurrency: defaultCurrency === lakeCurrency ? null : defaultCurrency,
    sources: converting.map((dataset) => dataset.dataset),
    plainSql: plain,
  };
}

export function conversionChecks(dataset: Dataset, conversion: DatasetConversion | undefined): Check[] {
  return conversion === undefined ? [] : rateChecks(dataset.money?.columns ?? []);
}

/** Lines of which none is converted; `rows` is a SELECT of the carried columns, or the name of a table that has them. */
export function plainSql(dataset: Dataset, carried: readonly Column[], rows: string): string {
  const columns = silverColumns(dataset, carried).map(({ name, type }) =>
    carried.some((column) => column.name === name) ? name : `cast(null as ${type}) as ${name}`,
  );
  return `select\n${list(columns, '  ')}\nfrom ${rows}`;
}

/** Lines of any currency; `rows` is a SELECT of the carried columns. */
export function convertingSql(
  dataset: Dataset,
  carried: readonly Column[],
  rows: string,
  conversion: DatasetConversion,
): string {
  const names = carried.map(({ name }) => name);
  const { currency, sources, defaultCurrency } = conversion;
  const stated = defaultCurrency === null ? currency : `coalesce(${currency}, ${literal(defaultCurrency)})`;
  const toConvert = `_source_system in (${sources.map(literal).join(', ')}) and ${stated} <> ${literal(lakeCurrency)}`;
  return `with line as (
  -- one row per line, as it was accepted
${rows.replaceAll(/^/gm, '  ')}
),
stated as (
  -- the same, with the currency to convert from: NULL where nothing is to be converted
  select
${list([...names, `case when ${toConvert} then ${stated} end as _stated_currency`, `${dataset.money?.date} as _fx_date`], '    ')}
  from line
),
priced as (
  -- the same, with the rate of its currency and day
  select
${list([...[...names, '_stated_currency'].map((name) => `stated.${name}`), 'rate.usd_per_unit as fx_rate', 'rate.source as fx_source'], '    ')}
  from stated
  ${rateJoins('stated._fx_date', 'stated._stated_currency').replaceAll('\n', '\n  ')}
)
select
${list(
  silverColumns(dataset, carried).map((column) => finalSql(dataset, column)),
  '  ',
)}
from priced`;
}

function finalSql(dataset: Dataset, { name, type }: Column): string {
  const { money } = dataset;
  if (name === money?.currency) return `coalesce(_stated_currency, ${name}) as ${name}`;
  for (const amount of money?.columns ?? []) {
    if (name === amount)
      return `case when _stated_currency is null then ${name} else ${convertedSql(name, 'fx_rate', type)} end as ${name}`;
    if (name === `${amount}_original`) return `case when _stated_currency is not null then ${amount} end as ${name}`;
  }
  return name;
}

function list(items: readonly string[], indent: string): string {
  return items.map((item) => `${indent}${item}`).join(',\n');
}
