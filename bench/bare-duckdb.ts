import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/**
 * The peer of the pipeline bench: the least that could be called the same work. Reads the CSV files with declared types, writes them as
 * Parquet, and computes the two marts from it, with no check of any kind. Run as its own process: `node bench/bare-duckdb.ts <raw folder> <out folder>`.
 */
const [rawFolder = '', outFolder = ''] = process.argv.slice(2);
const started = performance.now();
await mkdir(outFolder, { recursive: true });
const connection = await (await DuckDBInstance.create(':memory:')).connect();
await connection.run("set threads = 2; set memory_limit = '1200MB'");
const landing = join(rawFolder, 'landing');
await connection.run(`copy (
  select *, strftime(sales_date, '%Y-%m') as sales_month
  from read_csv('${landing}/sales/*.csv', header = true, auto_detect = false, columns = {
    customer_id: 'VARCHAR', store_id: 'VARCHAR', product_name: 'VARCHAR', sales_date: 'DATE', sales_person_id: 'VARCHAR',
    price: 'DECIMAL(18,4)', quantity: 'BIGINT', total_cost: 'DECIMAL(18,2)'})
) to '${outFolder}/sales' (format parquet, compression zstd, per_thread_output)`);
await connection.run(`create view sales as select * from read_parquet('${outFolder}/sales/*.parquet')`);
await connection.run(
  `create view customer as select * from read_csv('${landing}/customers/*.csv', all_varchar = true)`,
);
await connection.run(`create view person as select * from read_csv('${landing}/sales_team/*.csv', all_varchar = true)`);
await connection.run(`copy (
  with month as (select customer_id, sales_month, sum(total_cost) as total_sales from sales group by all),
  life as (select customer_id, sum(total_cost) as lifetime, count(*) as purchases, min(sales_date) as first_day, max(sales_date) as last_day,
    max(total_cost) as largest, count(distinct sales_date) as days from sales group by all)
  select m.*, c.first_name || ' ' || c.last_name as full_name, c.address, c.phone_number, l.* exclude (customer_id),
    lifetime / purchases as monetary_value, (last_day - first_day) / nullif(days - 1, 0) as gap
  from month m join life l using (customer_id) left join customer c using (customer_id)
) to '${outFolder}/customers_data_mart.parquet' (compression zstd)`);
await connection.run(`copy (
  with month as (select store_id, sales_person_id, sales_month, sum(total_cost) as total_sales, count(*) as n, max(total_cost) as largest from sales group by all)
  select m.*, p.first_name || ' ' || p.last_name as full_name, dense_rank() over (partition by store_id, sales_month order by total_sales desc) as rank,
    total_sales - lag(total_sales) over (partition by store_id, sales_person_id order by sales_month) as variance,
    sum(total_sales) over (partition by store_id, sales_person_id, substr(sales_month, 1, 4) order by sales_month) as year_to_date,
    100 * total_sales / sum(total_sales) over (partition by store_id, sales_month) as share
  from month m left join person p on p.id = m.sales_person_id
) to '${outFolder}/sales_team_data_mart.parquet' (compression zstd)`);
process.stdout.write(
  `${JSON.stringify({ seconds: (performance.now() - started) / 1_000, maxRssMegabytes: process.resourceUsage().maxRSS / 1_000 })}\n`,
);
