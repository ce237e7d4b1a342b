with corporate as (
  -- one row: whether the org counts in US dollars; the rates of any other org are not comparable
  select count(*) > 0 as is_usd
  from silver.currency_type
  where iso_code = 'USD' and is_corporate and not is_deleted
),
org_rate as (
  -- one row per currency and day of the org: units for one dollar, in millionths
  select iso_code as currency, start_date as rate_date, 'DatedConversionRate' as source, 2 as preference,
    cast(conversion_rate * 1000000 as bigint) as millionths
  from silver.dated_conversion_rate
  where not is_deleted and start_date is not null and conversion_rate > 0
  union all
  select iso_code as currency, date '1970-01-01' as rate_date, 'CurrencyType' as source, 3 as preference,
    cast(conversion_rate * 1000000 as bigint) as millionths
  from silver.currency_type
  where not is_deleted and conversion_rate > 0
),
any_rate as (
  -- one row per source, currency and day: dollars for one unit, an inverted rate rounded half up at the 12th digit
  select currency, rate_date, 'fx_rates' as source, 1 as preference, usd_per_unit
  from silver.dropped_fx_rate
  union all
  select org_rate.currency, org_rate.rate_date, org_rate.source, org_rate.preference,
    cast((2000000000000000000 + millionths) / (2 * millionths) as decimal(20,0)) * 0.000000000001 as usd_per_unit
  from org_rate
  cross join corporate
  where corporate.is_usd and org_rate.currency is not null
  union all
  select currency, rate_date, 'default' as source, 4 as preference, usd_per_unit
  from silver.default_fx_rate
),
best_source as (
  -- one row per currency: one source for all its days
  select currency, min(preference) as preference from any_rate where currency <> 'USD' group by currency
),
dated_rate as (
  -- one row per currency and day on which its rate begins, and when the next one does
  select
    any_rate.currency,
    any_rate.source,
    any_rate.rate_date,
    max(any_rate.usd_per_unit) as usd_per_unit,
    lead(any_rate.rate_date) over (partition by any_rate.currency order by any_rate.rate_date) as next_date
  from any_rate
  inner join best_source
    on best_source.currency = any_rate.currency and best_source.preference = any_rate.preference
  group by any_rate.currency, any_rate.source, any_rate.rate_date
),
horizon as (
  -- one row: the month after the last known rate; a later event takes what held at its end
  select date_add('month', 1, date_trunc('month', last_date)) as end_date
  from (select max(rate_date) as last_date from dated_rate) as known
),
validity as (
  -- the same rates with both ends of their time
  select
    currency,
    source,
    usd_per_unit,
    rate_date,
    coalesce(next_date, horizon.end_date) as end_date,
    date_trunc('month', rate_date) as first_month
  from dated_rate
  cross join horizon
),
spanned as (
  -- the same rates with the number of months that they touch beside the first
  select
    currency,
    source,
    usd_per_unit,
    rate_date,
    end_date,
    first_month,
    date_diff('month', first_month, date_trunc('month', date_add('day', -1, end_date))) as more_months
  from validity
),
month_rate as (
  -- one row per rate and month that it touches
  select
    spanned.currency,
    spanned.source,
    spanned.usd_per_unit,
    spanned.rate_date,
    spanned.end_date,
    date_add('month', months.month_number, spanned.first_month) as month_start
  from spanned
  cross join unnest(sequence(0, spanned.more_months)) as months (month_number)
)
select
  currency,
  substr(cast(month_start as varchar), 1, 7) as rate_month,
  greatest(rate_date, month_start) as valid_from,
  date_add('day', -1, least(end_date, date_add('month', 1, month_start))) as valid_until,
  usd_per_unit,
  source,
  rate_date
from month_rate
