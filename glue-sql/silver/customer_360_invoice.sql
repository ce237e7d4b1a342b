with billed as (
  -- one row per invoice that was sent, with what was paid of it up to as_of
  select
    invoice.invoice_id,
    invoice.account_id,
    invoice.due_date,
    invoice.amount,
    case
      when invoice.paid_date > parameters.as_of then 0
      when invoice.status = 'Paid' then invoice.amount
      else least(coalesce(invoice.paid_amount, 0), invoice.amount)
    end as paid,
    date_diff('day', invoice.due_date, coalesce(invoice.paid_date, invoice.due_date)) as paid_days_late,
    date_diff('day', invoice.due_date, parameters.as_of) as open_days_late,
    parameters.as_of,
    date_add('day', -parameters.payment_days, parameters.as_of) as window_start
  from silver.invoice as invoice
  cross join run.parameters as parameters
  where not invoice.is_deleted
    and invoice.status in ('Posted', 'Paid')
    and coalesce(invoice.invoice_date <= parameters.as_of, true)
)
select
  invoice_id,
  account_id,
  due_date,
  cast(amount * 100 as bigint) as amount_cents,
  cast(paid * 100 as bigint) as paid_cents,
  paid_days_late,
  open_days_late,
  coalesce(due_date > window_start and due_date <= as_of and amount > 0, false) as is_in_history,
  coalesce(due_date < as_of and paid < amount, false) as is_overdue
from billed
