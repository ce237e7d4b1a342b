select currency.iso_code, currency.conversion_rate
from silver.currency_type as currency
where currency.is_corporate and not currency.is_deleted and currency.iso_code <> 'USD'
