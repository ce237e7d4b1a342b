select customer_id, customer_lifetime_value, purchase_frequency, monetary_value
from gold.customer_summary
where abs(monetary_value * purchase_frequency - customer_lifetime_value) > 0.005 * purchase_frequency
