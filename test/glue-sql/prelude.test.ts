import { beforeAll, describe, expect, it } from 'vitest';
import { Warehouse } from './support/warehouse.ts';

let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await Warehouse.open();
});

type Expected = string | number | boolean | null;

/** Expressions with Trino's answers: from its documentation, and from a Trino server that ran exactly these. */
const cases: Readonly<Record<string, readonly (readonly [expression: string, value: Expected])[]>> = {
  'settings of the session': [
    ['7 / 2', 3],
    ['-7 / 2', -3],
    ["current_setting('TimeZone')", 'UTC'],
  ],
  'text functions': [
    ["'[' || trim('  a b ') || ']'", '[a b]'],
    ["trim(chr(9) || 'a' || chr(10) || chr(8195))", 'a'],
    ["length(trim(chr(160) || 'a'))", '2'],
    ["concat('a', null)", null],
    ["concat('a', 'b', 'c')", 'abc'],
    ["concat_ws(',', 'a', null, 'b')", 'a,b'],
    ["split_part('a,b', ',', 2)", 'b'],
    ["split_part('a,b', ',', 3)", null],
    ["levenshtein_distance('kitten', 'sitting')", '3'],
    ["strpos('abc', 'c')", '3'],
    ["substr('abc', -2)", 'bc'],
    ["reverse('abc')", 'cba'],
    ["lpad('a', 3, 'x')", 'xxa'],
    ["starts_with('abc', 'ab')", true],
  ],
  'regular expressions': [
    ["regexp_like('1a 2b 14m', '\\d+b')", true],
    ["regexp_like('abc', '^b')", false],
    ["regexp_replace('1a 2b 14m', '\\d+[ab] ')", '14m'],
    ["regexp_replace('1a 2b 14m', '(\\d+)([ab]) ', '3c$2 ')", '3ca 3cb 14m'],
    ["regexp_replace('abcabc', 'b', '-')", 'a-ca-c'],
    ["regexp_replace(cast(null as varchar), 'a', 'b')", null],
    ["regexp_extract('1a 2b 14m', '\\d+')", '1'],
    ["regexp_extract('1a 2b 14m', '(\\d+)([a-z]+)', 2)", 'a'],
    ["regexp_extract('abc', 'x(.)', 1)", null],
  ],
  'JSON text': [
    [`json_extract_scalar('{"a": "x"}', '$.a')`, 'x'],
    [`json_extract_scalar('{"b": 1}', '$.b')`, '1'],
    [`json_extract_scalar('{"c": null}', '$.c')`, null],
    [`json_extract_scalar('{"a": {"b": 1}}', '$.a')`, null],
  ],
  'numeric functions': [
    ['greatest(1, 3, 2)', 3],
    ['greatest(1, null)', null],
    ['least(4, 3, 2, 5)', 2],
    ['least(null, 1)', null],
    ["greatest(cast(null as date), date '2024-01-01')", null],
    ['bitwise_left_shift(cast(1 as bigint), 31)', '2147483648'],
    ['bitwise_and(12, 10)', 8],
    ['bitwise_or(12, 10)', 14],
    ['bit_count(-7, 64)', '62'],
    ['bit_count(9, 64)', '2'],
    ['mod(-7, 3)', -1],
    ['cast(round(-1.005, 2) as decimal(5,2))', '-1.01'],
    ['cast(-0.125 as decimal(9,2))', '-0.13'],
    ['cast(cast(-0.05 as decimal(18,2)) as varchar)', '-0.05'],
  ],
  'array functions': [
    ['cardinality(array[1, 2, 3])', '3'],
    ["array_join(array['a', null, 'b'], ',')", 'a,b'],
    ["array_join(array['a', null, 'b'], ',', '-')", 'a,-,b'],
    ['element_at(array[1, 2, 3], 2)', 2],
    ['element_at(array[1, 2, 3], -1)', 3],
    ['element_at(array[1, 2, 3], 5)', null],
    ["array_join(array_sort(array['b', null, 'a']), ',', 'null')", 'a,b,null'],
    ["array_join(sequence(1, 3), ',')", '1,2,3'],
    ["array_join(sequence(1, 9, 4), ',')", '1,5,9'],
    ["array_join(sequence(date '2024-02-28', date '2024-03-01'), ',')", '2024-02-28,2024-02-29,2024-03-01'],
  ],
  'date_diff, in full units': [
    ["date_diff('day', date '2020-03-01', date '2020-03-02')", '1'],
    ["date_diff('day', date '2024-02-28', date '2024-03-01')", '2'],
    ["date_diff('day', timestamp '2024-01-01 12:00:00', timestamp '2024-01-02 11:00:00')", '0'],
    ["date_diff('week', date '2024-01-01', date '2024-01-14')", '1'],
    ["date_diff('month', date '2024-01-15', date '2024-02-14')", '0'],
    ["date_diff('month', date '2024-01-31', date '2024-02-29')", '1'],
    ["date_diff('month', timestamp '2024-01-31 10:00:00', timestamp '2024-02-29 09:00:00')", '0'],
    ["date_diff('month', date '2024-02-29', date '2024-01-31')", '-1'],
    ["date_diff('quarter', date '2024-01-31', date '2024-04-30')", '1'],
    ["date_diff('year', date '2024-02-29', date '2025-02-28')", '1'],
    ["date_diff('hour', timestamp '2024-01-01 00:30:00', timestamp '2024-01-01 01:29:59')", '0'],
    ["date_diff('second', timestamp '2020-03-01 00:00:00', timestamp '2020-03-02 00:00:00')", '86400'],
    ["date_diff('day', cast(null as date), date '2024-01-01')", null],
  ],
  'date_add, date_trunc and their types': [
    ["date_add('month', 1, date '2024-01-31')", '2024-02-29'],
    ["date_add('day', -1, date '2024-03-01')", '2024-02-29'],
    ["date_add('day', cast(-3 as bigint), date '2024-03-01')", '2024-02-27'],
    ["date_add('week', 2, date '2024-01-01')", '2024-01-15'],
    ["date_add('quarter', 1, date '2024-01-31')", '2024-04-30'],
    ["date_add('year', 1, date '2024-02-29')", '2025-02-28'],
    ["date_add('hour', 25, timestamp '2024-01-01 00:00:00')", '2024-01-02 01:00:00'],
    ["date_add('second', 86, timestamp '2020-03-01 00:00:00')", '2020-03-01 00:01:26'],
    ["date_add('day', 1, cast(null as date))", null],
    ["typeof(date_add('day', 1, date '2024-01-01'))", 'DATE'],
    ["typeof(date_add('day', 1, timestamp '2024-01-01 00:00:00'))", 'TIMESTAMP'],
    ["typeof(date_add('day', 1, cast('2024-01-01' as timestamp_ms)))", 'TIMESTAMP'],
    ["date_trunc('month', date '2024-02-29')", '2024-02-01'],
    ["date_trunc('week', date '2024-02-29')", '2024-02-26'],
    ["date_trunc('quarter', date '2024-05-29')", '2024-04-01'],
    ["date_trunc('hour', timestamp '2001-08-22 03:04:05.321')", '2001-08-22 03:00:00'],
    ["typeof(date_trunc('month', date '2024-02-29'))", 'DATE'],
    ["typeof(date_trunc('day', timestamp '2001-08-22 03:04:05'))", 'TIMESTAMP'],
  ],
  'parts and formats of dates': [
    ["day_of_week(date '2024-01-07')", '7'],
    ["day_of_week(timestamp '2024-01-01 10:00:00')", '1'],
    ["dow(date '2024-01-01')", '1'],
    ["day_of_month(date '2024-02-03')", '3'],
    ["day_of_year(date '2024-02-01')", '32'],
    ["week_of_year(date '2021-01-01')", '53'],
    ["year_of_week(date '2021-01-01')", '2020'],
    ["last_day_of_month(date '2024-02-03')", '2024-02-29'],
    ["date_format(timestamp '2022-10-20 05:10:00', '%m-%d-%Y %H')", '10-20-2022 05'],
    ["date_format(timestamp '2001-02-03 14:05:06.789', '%Y-%m-%d %H:%i:%s')", '2001-02-03 14:05:06'],
    ["date_format(timestamp '2001-02-03 14:05:06.789', '%M|%b|%W|%a|%e|%c')", 'February|Feb|Saturday|Sat|3|2'],
    [
      "date_format(timestamp '2001-02-03 14:05:06.789', '%h|%I|%k|%l|%p|%T|%r|%j|%y|%f|%%|%S')",
      '02|02|14|2|PM|14:05:06|02:05:06 PM|034|01|789000|%|06',
    ],
    ["date_format(date '2001-02-03', '%Y-%m')", '2001-02'],
    ["cast(date '2024-01-02' as varchar)", '2024-01-02'],
  ],
};

describe.each(Object.entries(cases))('%s', (_, expressions) => {
  it.each(expressions)('%s is %j', async (expression, value) => {
    const [row] = await warehouse.rows(`select ${expression} as answer`);
    expect(row?.answer).toEqual(value);
  });
});

describe('aggregates', () => {
  it('bitwise_or_agg, approx_distinct and count_if work over rows', async () => {
    const [row] = await warehouse.rows(
      'select bitwise_or_agg(x) as bits, approx_distinct(x) as distinct_values, cast(count_if(x > 1) as bigint) as large from (values (1), (2), (2)) as t(x)',
    );
    expect(row).toEqual({ bits: 3, distinct_values: '2', large: '2' });
  });

  it('count_if is 0 where nothing is true', async () => {
    const [row] = await warehouse.rows(
      'select count_if(x) as of_nulls from (values (cast(null as boolean)), (null)) as t(x)',
    );
    expect(row).toEqual({ of_nulls: '0' });
  });

  it('element_at of a sorted array_agg is the lower median', async () => {
    const [row] = await warehouse.rows(
      'select element_at(array_sort(array_agg(x)), (count(*) + 1) / 2) as median from (values (5), (1), (9), (7)) as t(x)',
    );
    expect(row).toEqual({ median: 5 });
  });

  it('date_add refuses hours on a date', async () => {
    await expect(warehouse.rows("select date_add('hour', 1, date '2024-01-01')")).rejects.toThrow(/units of a date/);
  });
});
