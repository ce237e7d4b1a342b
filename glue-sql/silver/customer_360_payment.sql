with payment as (
  -- one row per subject with an invoice, in cents; lateness is what is left of the days after which a payment is worth nothing
  select
    member.subject_id,
    max(case when invoice.is_overdue then invoice.open_days_late else 0 end) as days_overdue,
    cast(sum(case when invoice.is_overdue then invoice.amount_cents - invoice.paid_cents else 0 end) as bigint) as overdue_cents,
    cast(sum(case when invoice.is_in_history then invoice.amount_cents else 0 end) as bigint) as due_cents,
    cast(sum(case
      when invoice.is_in_history then
        invoice.paid_cents * (parameters.payment_late_days - least(greatest(invoice.paid_days_late, 0), parameters.payment_late_days))
        + (invoice.amount_cents - invoice.paid_cents)
        * (parameters.payment_late_days - least(greatest(invoice.open_days_late, 0), parameters.payment_late_days))
      else 0
    end) as bigint) as punctual_cent_days,
    max(parameters.payment_late_days) as late_days
  from silver.customer_360_invoice as invoice
  inner join silver.customer_360_member as member on member.account_id = invoice.account_id
  cross join run.parameters as parameters
  group by member.subject_id
),
credit as (
  -- one row per subject with a credit limit
  select member.subject_id, sum(account.credit_limit) as credit_limit
  from silver.account as account
  inner join silver.customer_360_member as member on member.account_id = account.account_id
  where account.credit_limit > 0
  group by member.subject_id
)
select
  payment.subject_id,
  payment.days_overdue,
  payment.overdue_cents * 0.01 as overdue_amount,
  credit.credit_limit,
  ((20000 * (payment.punctual_cent_days / nullif(payment.due_cents, 0))
    + (20000 * (payment.punctual_cent_days % nullif(payment.due_cents, 0))) / nullif(payment.due_cents, 0)
    + payment.late_days) / (2 * payment.late_days)) * 0.01 as payment_history
from payment
left join credit on credit.subject_id = payment.subject_id
