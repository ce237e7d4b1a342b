with period as (
  -- one row per currency and default rate: the days for which it is the measure, the first one also before its day
  select
    currency,
    usd_per_unit,
    case
      when lag(rate_date) over (partition by currency order by rate_date) is null then date '0001-01-01'
      else rate_date
    end as from_date,
    coalesce(lead(rate_date) over (partition by currency order by rate_date), date '9999-12-31') as to_date
  from silver.default_fx_rate
),
measured as (
  -- one row per interval, beside the default rate of its time and the rate before it
  select
    rate.currency,
    rate.valid_from,
    rate.usd_per_unit,
    period.usd_per_unit as default_usd_per_unit,
    lag(rate.usd_per_unit) over (partition by rate.currency order by rate.valid_from) as rate_before
  from silver.fx_rate as rate
  left join period
    on period.currency = rate.currency
    and period.from_date <= rate.valid_from
    and period.to_date > rate.valid_from
  where rate.source <> 'default'
),
mostly_inverse as (
  -- one row per currency that is mostly on the other side of 1 than its default rates
  select
    currency,
    min(valid_from) as valid_from,
    min(usd_per_unit) as usd_per_unit,
    max(default_usd_per_unit) as compared_with
  from measured
  group by currency
  having 2 * count_if((usd_per_unit > 1) <> (default_usd_per_unit > 1)) > count(*)
)
select currency, valid_from, usd_per_unit, compared_with, 'mostly the inverse of the default rates' as problem
from mostly_inverse
union all
select currency, valid_from, usd_per_unit, rate_before as compared_with, 'the inverse of the rate before' as problem
from measured
where abs(usd_per_unit - rate_before) * 10 > rate_before
  and cast(usd_per_unit as decimal(18,9)) * cast(rate_before as decimal(18,9)) between 0.95 and 1.05
