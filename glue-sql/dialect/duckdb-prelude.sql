-- Teaches DuckDB the Trino (Athena engine v3) functions that it lacks or means differently. Run once per session, before any
-- model. One statement per line; the comment behind it says what differed. `system.main.f` is DuckDB's own f.
-- Values are compared with Trino's in test/glue-sql/prelude.test.ts.
SET integer_division=true; -- 7 / 2 is 3, as in Trino
SET TimeZone='UTC'; -- both engines work in UTC
-- text
create or replace macro trim(s) as system.main.regexp_replace(s, '^[\t\n\x0B\f\r\x1C-\x1F \x{1680}\x{2000}-\x{2006}\x{2008}-\x{200A}\x{2028}\x{2029}\x{205F}\x{3000}]+|[\t\n\x0B\f\r\x1C-\x1F \x{1680}\x{2000}-\x{2006}\x{2008}-\x{200A}\x{2028}\x{2029}\x{205F}\x{3000}]+$', '', 'g'), (s, c) as system.main.trim(s, c); -- DuckDB takes spaces only; Trino all white space but no-break spaces (system.main.trim with a list of characters is 4 times as slow)
create or replace macro concat(a, b) as a || b, (a, b, c) as a || b || c, (a, b, c, d) as a || b || c || d, (a, b, c, d, e) as a || b || c || d || e; -- null with any null; DuckDB skips nulls
create or replace macro regexp_like(s, p) as system.main.regexp_matches(s, p); -- finds the pattern anywhere
create or replace macro regexp_replace(s, p) as system.main.regexp_replace(s, p, '', 'g'), (s, p, r) as system.main.regexp_replace(s, p, system.main.regexp_replace(r, '\$(\d)', '\\\1', 'g'), 'g'); -- all matches, groups as $1; DuckDB: the first, \1
create or replace macro regexp_extract(s, p) as case when system.main.regexp_matches(s, p) then system.main.regexp_extract(s, p) end, (s, p, g) as case when system.main.regexp_matches(s, p) then system.main.regexp_extract(s, p, g) end; -- null without a match; DuckDB ''
create or replace macro split_part(s, d, n) as system.main.string_split(s, d)[n]; -- null beyond the last part; DuckDB ''
create or replace macro levenshtein_distance(a, b) as system.main.levenshtein(a, b); -- counts bytes here, code points in Trino: ASCII only
create or replace macro json_extract_scalar(j, p) as case when system.main.json_type(j, p) not in ('OBJECT', 'ARRAY') then system.main.json_extract_string(j, p) end; -- null for objects and arrays
-- numbers
create or replace macro greatest(a, b) as case when a is not null and b is not null then system.main.greatest(a, b) end, (a, b, c) as case when a is not null and b is not null and c is not null then system.main.greatest(a, b, c) end, (a, b, c, d) as case when a is not null and b is not null and c is not null and d is not null then system.main.greatest(a, b, c, d) end; -- null with any null; DuckDB skips nulls
create or replace macro least(a, b) as case when a is not null and b is not null then system.main.least(a, b) end, (a, b, c) as case when a is not null and b is not null and c is not null then system.main.least(a, b, c) end, (a, b, c, d) as case when a is not null and b is not null and c is not null and d is not null then system.main.least(a, b, c, d) end; -- null with any null; DuckDB skips nulls
create or replace macro bitwise_left_shift(x, n) as x << n; -- Trino wants n as integer
create or replace macro bitwise_and(a, b) as a & b; -- an operator in DuckDB
create or replace macro bitwise_or(a, b) as a | b; -- an operator in DuckDB
create or replace macro bitwise_or_agg(x) as system.main.bit_or(x); -- another name
create or replace macro bit_count(x, bits) as cast(system.main.bit_count(cast(x as bigint)) as bigint); -- as for 64 bits, the only width to use
create or replace macro approx_distinct(x) as system.main.approx_count_distinct(x); -- both estimate, with different errors
create or replace macro count_if(x) as system.main.count(case when x then 1 end); -- 0 where nothing is true; DuckDB's is null without a known value, and a HUGEINT
-- arrays
create or replace macro array_join(a, d) as system.main.array_to_string(a, d), (a, d, n) as system.main.array_to_string(list_transform(a, lambda x: coalesce(cast(x as varchar), n)), d); -- nulls are left out, or become n
create or replace macro cardinality(a) as system.main.len(a); -- arrays only; DuckDB's is for maps
create or replace macro element_at(a, i) as a[i]; -- null beyond the end, negative from the end; DuckDB's is for maps
create or replace macro sequence(a, b) as system.main.generate_series(a, b), (a, b, s) as system.main.generate_series(a, b, s), (a DATE, b DATE) as cast(system.main.generate_series(a, b, interval 1 day) as date[]); -- both ends included
-- dates and time stamps
create or replace macro date_add(u, n, d DATE) as cast(d + case system.main.lower(u) when 'day' then to_days(cast(n as integer)) when 'week' then to_weeks(cast(n as integer)) when 'month' then to_months(cast(n as integer)) when 'quarter' then to_months(3 * cast(n as integer)) when 'year' then to_years(cast(n as integer)) else error('date_add: the units of a date are day, week, month, quarter and year') end as date), (u, n, d TIMESTAMP) as d + case system.main.lower(u) when 'millisecond' then to_milliseconds(n) when 'second' then to_seconds(n) when 'minute' then to_minutes(n) when 'hour' then to_hours(n) when 'day' then to_days(cast(n as integer)) when 'week' then to_weeks(cast(n as integer)) when 'month' then to_months(cast(n as integer)) when 'quarter' then to_months(3 * cast(n as integer)) when 'year' then to_years(cast(n as integer)) else error('date_add: unknown unit') end; -- a date stays a date
create or replace macro date_diff(u, a, b) as system.main.date_sub(u, a, b); -- full units; DuckDB's date_diff counts boundaries
create or replace macro date_trunc(u, d DATE) as cast(system.main.date_trunc(u, d) as date), (u, d TIMESTAMP) as system.main.date_trunc(u, d); -- a date stays a date
create or replace macro date_format(d, f) as system.main.strftime(d, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(f, '%M', '%B'), '%i', '%M'), '%s', '%S'), '%W', '%A'), '%e', '%-d'), '%c', '%-m'), '%h', '%I'), '%k', '%-H'), '%l', '%-I'), '%T', '%H:%M:%S'), '%r', '%I:%M:%S %p')); -- MySQL's patterns: %i minutes, %s seconds, %M month name
create or replace macro day_of_week(d) as system.main.isodow(d); -- 1 is Monday, 7 Sunday; DuckDB's dayofweek has Sunday 0
create or replace macro dow(d) as system.main.isodow(d); -- Trino's alias of day_of_week
create or replace macro day_of_month(d) as system.main.day(d); -- another name
create or replace macro day_of_year(d) as system.main.dayofyear(d); -- another name
create or replace macro week_of_year(d) as system.main.week(d); -- ISO week in both
create or replace macro year_of_week(d) as system.main.isoyear(d); -- another name
create or replace macro last_day_of_month(d) as system.main.last_day(d); -- another name
