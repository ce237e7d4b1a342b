import { decimalDigits } from './column-type.ts';
import { lakeCurrency } from './fx-config.ts';
import type { Check } from './model.ts';
import type { Column, TableName } from './table.ts';
import { literal } from './sql-text.ts';

/** How amounts become USD in SQL: one equality join with the rates of the month, the day clamped to the last known one. */

export const ratesTable: TableName = 'silver.fx_rate';
export const countriesTable: TableName = 'silver.country_currency';

/** Where a rate may come from, best first; silver.fx_rate says which one it took. */
const defaultRateSource = 'default';
const rateSources = ['fx_rates', 'DatedConversionRate', 'CurrencyType', defaultRateSource] as const;

/** Columns that follow those of a table with converted amounts; `currency` is not among them. */
export const rateColumns: readonly Column[] = [
  {
    name: 'fx_rate',
    type: 'decimal(20,12)',
    description: 'Rate that the amounts were converted with; NULL when none is known, or nothing was to be converted',
    unit: 'USD per unit',
  },
  {
    name: 'fx_source',
    type: 'varchar',
    description: `Where the rate comes from: ${rateSources.join(', ')}; NULL for USD`,
  },
];

/** Joins that find the rate of a currency on a day; both are columns of what stands before the joins. */
export function rateJoins(date: string, currency: string): string {
  const day = `least(${date}, last_rate.last_day)`;
  return `cross join (select max(valid_until) as last_day from ${ratesTable}) as last_rate
left join ${ratesTable} as rate
  on rate.currency = ${currency}
  and rate.rate_month = substr(cast(${day} as varchar), 1, 7)
  and rate.valid_from <= ${day}
  and rate.valid_until >= ${day}`;
}

/** The rate of a row joined like that. */
export function rateSql(currency: string): string {
  return `case when ${currency} = ${literal(lakeCurrency)} then cast(1 as decimal(20,12)) else rate.usd_per_unit end`;
}

/**
 * An amount at a rate: the product is exact and is rounded once, half away from zero; null when the result is too large. The cast alone
 * rounds alike, with two divisions of 128 bits in DuckDB where `round` needs one; at the rate 1 there is nothing to round.
 */
export function convertedSql(original: string, rate: string, type: string): string {
  const { scale } = decimalDigits(type) ?? { scale: 0 };
  return `case when ${rate} = 1 then ${original} else try_cast(round(${original} * ${rate}, ${scale}) as ${type}) end`;
}

/** The columns of an amount: in USD, and beside it as it came. */
export function moneyColumns(column: Column): Column[] {
  const { name, type, description, pii } = column;
  return [
    { ...column, unit: lakeCurrency },
    { name: `${name}_original`, type, description: `${description ?? name}, in the currency of the row`, pii },
  ];
}

/** A missing rate, and a rate for want of a better one, are warnings. */
export function rateChecks(money: readonly string[]): Check[] {
  return [
    {
      check: 'converted',
      severity: 'warn',
      columns: [...money],
      description: 'a rate to USD is known for the currency and the day; without one the amount is NULL',
    },
    {
      check: 'accepted',
      severity: 'warn',
      column: 'fx_source',
      values: rateSources.filter((source) => source !== defaultRateSource),
      description: 'the rate comes from fx_rates or the org, not from the defaults in config/fx.json',
    },
  ];
}
