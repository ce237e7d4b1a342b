with customer_cents as (
  -- one row per customer: what is divided, as integers
  select
    lifetime.customer_id,
    lifetime.transactions,
    lifetime.active_months,
    lifetime.purchase_days,
    nullif(lifetime.purchase_days - 1, 0) as gaps,
    cast(cast(lifetime.lifetime_value as decimal(38,2)) * 100 as bigint) as cents,
    date_diff('day', lifetime.first_purchase_date, lifetime.last_purchase_date) as days,
    date_diff('day', lifetime.last_purchase_date, parameters.as_of) as recency_days
  from silver.customer_lifetime as lifetime
  cross join run.parameters as parameters
),
customer_measure as (
  -- one row per customer: ratios, half a cent (or half a hundredth of a day) rounded away from zero
  select
    customer_id,
    recency_days,
    ((2 * cents + sign(cents) * transactions) / (2 * transactions)) * 0.01 as monetary_value,
    ((2 * cents + sign(cents) * active_months) / (2 * active_months)) * 0.01 as avg_monthly_spending,
    ((200 * days + gaps) / (2 * gaps)) * 0.01 as avg_time_between_purchases,
    rank() over (order by cents desc) as value_rank,
    count(*) over () as customers
  from customer_cents
),
customer_contact as (
  -- one row per customer of the master data: a blank part is a missing part
  select
    customer_id,
    phone_number,
    nullif(trim(first_name), '') as first_name,
    nullif(trim(last_name), '') as last_name,
    nullif(trim(address), '') as address,
    nullif(trim(pincode), '') as pincode
  from silver.customer
)
select
  lifetime.customer_id,
  coalesce(contact.first_name || ' ' || contact.last_name, contact.first_name, contact.last_name) as full_name,
  coalesce(contact.address || ', ' || contact.pincode, contact.address, contact.pincode) as address,
  contact.phone_number,
  lifetime.lifetime_value as customer_lifetime_value,
  lifetime.first_purchase_month,
  lifetime.last_purchase_month,
  lifetime.transactions as purchase_frequency,
  measure.monetary_value,
  measure.avg_monthly_spending,
  lifetime.largest_transaction as max_single_transaction,
  measure.avg_time_between_purchases,
  measure.recency_days > parameters.inactive_after_days as inactive_status,
  case
    when measure.recency_days > parameters.inactive_after_days then 'At-Risk'
    when lifetime.transactions >= parameters.premium_min_purchases then 'Premium'
    when measure.monetary_value >= parameters.premium_min_monetary_value then 'Premium'
    when lifetime.transactions >= parameters.regular_min_purchases then 'Regular'
    else 'New'
  end as customer_segment,
  measure.recency_days,
  lifetime.purchase_days - 1 as repeat_purchases,
  measure.value_rank * 100 <= parameters.high_value_percent * measure.customers as is_high_value
from silver.customer_lifetime as lifetime
cross join run.parameters as parameters
inner join customer_measure as measure on measure.customer_id = lifetime.customer_id
left join customer_contact as contact on contact.customer_id = lifetime.customer_id
