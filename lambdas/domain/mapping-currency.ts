import { countriesTable, rateJoins, rateSql, ratesTable } from './conversion.ts';
import { carried, list } from './mapped-columns.ts';
import type { Mapping } from './mapping.ts';
import type { TableName } from './table.ts';
import { literal } from './sql-text.ts';

/** Tables that tell the currency of records and its rate. */
export function currencyInputs({ currency }: Mapping): TableName[] {
  if (currency === undefined) return [];
  const inputs: TableName[] = [ratesTable];
  if (currency.account !== undefined) inputs.push('silver.account');
  if (currency.account !== undefined || currency.country !== undefined) inputs.push(countriesTable);
  if (currency.parent !== undefined) inputs.push(`silver.${currency.parent.table}`);
  return inputs;
}

/** Own currency, then the parent's or the country's, then the default; and the day whose rate counts. */
export function detectedCte(mapping: Mapping, defaultCurrency: string): string {
  const { currency } = mapping;
  const dates = (currency?.dates ?? []).map((name) => `cast(latest.${name} as date)`);
  const found = ['latest._own_currency'];
  const joins: string[] = [];
  if (currency?.parent !== undefined) {
    const { table, key, column, date } = currency.parent;
    found.push('parent.currency');
    if (date !== undefined) dates.unshift(`cast(parent.${date} as date)`);
    joins.push(`left join silver.${table} as parent on parent.${key} = latest.${column}`);
  }
  if (currency?.account !== undefined)
    joins.push(`left join silver.account as account on account.account_id = latest.${currency.account}`);
  const country = currency?.account === undefined ? currency?.country : 'account.billing_country';
  if (country !== undefined) {
    found.push('country.currency');
    const name = currency?.account === undefined ? `latest.${country}` : country;
    joins.push(`left join ${countriesTable} as country on country.country = lower(${name})`);
  }
  return `detected as (
  -- one row per record, with its currency and the day whose rate counts
  select
${list([...carried(mapping).map((name) => `latest.${name}`), `coalesce(${[...found, literal(defaultCurrency)].join(', ')}) as currency`, `${dates.length === 1 ? dates[0] : `coalesce(${dates.join(', ')})`} as _fx_date`], '    ')}
  from latest
  ${joins.join('\n  ')}
)`;
}

export function pricedCte(mapping: Mapping): string {
  const kept = [...carried(mapping), 'currency'].map((name) => `detected.${name}`);
  return `priced as (
  -- one row per record, with the rate of its currency and day
  select
${list([...kept, `${rateSql('detected.currency')} as fx_rate`, `case when detected.currency <> 'USD' then rate.source end as fx_source`], '    ')}
  from detected
  ${rateJoins('detected._fx_date', 'detected.currency').replaceAll('\n', '\n  ')}
)`;
}
