import type { Contract } from './drop-home.ts';

/**
 * A column (`source -> target` where their names differ), what the file says there, and the value that becomes of it; a reason where
 * the row is set aside.
 */
export type ValueCase = readonly [
  column: string,
  text: string,
  value: string | number | boolean | null,
  reason?: string,
];

const column = (name: string, type: string, more: object = {}) => ({ name, type, description: name, ...more });

/** One column for each rule; every row of the file fills `id`, `must` and one other. */
export const valueContract: Contract = {
  dataset: 'value_rule',
  description: 'A column for each rule, for tests.',
  owner: 'rules@example.com',
  table: 'value_rule',
  kind: 'event',
  file: { pattern: '*.csv', format: 'csv' },
  reject_above: 1,
  columns: [
    column('id', 'varchar', { mandatory: true, required: true }),
    column('must', 'varchar', { required: true }),
    column('whole', 'integer'),
    column('big', 'bigint'),
    column('amount', 'decimal(6,2)'),
    column('huge', 'decimal(38,0)'),
    column('day', 'date'),
    column('moment', 'timestamp'),
    column('flag', 'boolean'),
    column('words', 'varchar'),
    column('t_words', 'varchar'),
    column('as_is', 'varchar', { normalise: [] }),
    column('upper_code', 'varchar', { normalise: ['trim', 'upper'] }),
    column('lower_code', 'varchar', { normalise: ['trim', 'lower'] }),
    column('float_id', 'varchar', { normalise: ['trim', 'integer_text'] }),
    column('float_count', 'bigint', { normalise: ['trim', 'integer_text'] }),
    column('phone', 'varchar', { normalise: ['phone'] }),
    column('spaced', 'varchar', { normalise: ['collapse_spaces'] }),
    column('ranged', 'decimal(6,2)', { minimum: 0, maximum: 100 }),
    column('above', 'bigint', { exclusive_minimum: 0 }),
    column('colour', 'varchar', { normalise: ['trim', 'lower'], accepted: ['red', "it's"] }),
    column('rate', 'decimal(6,2)', { accepted: ['0.1', '5'] }),
    column('plate', 'varchar', { normalise: ['trim', 'upper'], pattern: '[A-Z]{2}[0-9]+' }),
    column('level', 'decimal(6,2)', { pattern: '[0-9]' }),
    column('fixed', 'varchar', { constant: 'always' }),
    column('first_word', 'varchar', { expression: `split_part(source."Full Name", ' ', 1)` }),
    column('year_part', 'integer', { expression: `substr(source."full name", 1, 4)`, maximum: 2025 }),
    column('half', 'decimal(6,2)'),
    column('doubled', 'decimal(6,2)', { expression: 'half * 2', minimum: 0 }),
    column('tail', 'varchar'),
    column('next_number', 'integer', { expression: 'cast(substr(tail, 2) as integer) + 1' }),
    column('renamed', 'varchar', { from: ['New Name', 'Old Name'] }),
  ],
  checks: [
    { reason: 'TOO_EVEN', expression: 'whole % 100 <> 42', description: 'no whole number ends with 42' },
    {
      reason: 'TAIL_TOO_SMALL',
      expression: 'cast(substr(tail, 2) as integer) > 5',
      description: 'tail ends with 6 or more',
    },
  ],
};

export const valueCases: readonly ValueCase[] = [
  // integer and bigint: digits only, and no more than fit
  ['whole', '0', 0],
  ['whole', ' -2147483648 ', -2147483648],
  ['whole', '+007', 7],
  ['whole', '2147483648', null, 'TYPE(whole)'],
  ...['5.5', '5.0', '1e3', '0x1F', '1_000', '1,000', 'five', '--1', '１', 'NaN', 'true', '- 1'].map(
    (text): ValueCase => ['whole', text, null, 'TYPE(whole)'],
  ),
  ['big', '-9223372036854775808', '-9223372036854775808'],
  ['big', '9223372036854775808', null, 'TYPE(big)'],
  // decimal: no digit is rounded away
  ['amount', '9999.99', '9999.99'],
  ['amount', '-.5', '-0.50'],
  ['amount', '5.', '5.00'],
  ['amount', '+1.10000', '1.10'],
  ['amount', '1.005', null, 'TYPE(amount)'],
  ['amount', '10000', null, 'TYPE(amount)'],
  ...['1e2', '1,5', '€5', '.', 'Infinity', '12.34.5', '(5.00)'].map(
    (text): ValueCase => ['amount', text, null, 'TYPE(amount)'],
  ),
  ['huge', '99999999999999999999999999999999999999', '99999999999999999999999999999999999999'],
  ['huge', '100000000000000000000000000000000000000', null, 'TYPE(huge)'],
  // dates and time stamps
  ['day', '2024-02-29', '2024-02-29'],
  ['day', '0007-03-14', '0007-03-14'],
  // what the engine writes for dates of its own is no date of ours
  ...['infinity', '-infinity', '10000-01-01', '0044-03-15 (BC)', '-044-03-15'].map(
    (text): ValueCase => ['day', text, null, 'TYPE(day)'],
  ),
  ...['2025-02-29', '2025-13-01', '14/03/2025', '20250314', '2025-3-4', 'today', 'epoch', '2025-03-14 00:00:00'].map(
    (text): ValueCase => ['day', text, null, 'TYPE(day)'],
  ),
  ['moment', '2025-03-14 09:26:53', '2025-03-14 09:26:53'],
  ['moment', '2025-03-14T09:26', '2025-03-14 09:26:00'],
  ['moment', '2025-03-14T09:26:53.589Z', '2025-03-14 09:26:53.589'],
  ['moment', '2025-03-14T09:26:53+05:30', '2025-03-14 03:56:53'],
  ['moment', '2025-03-14T09:26:53.000+0000', '2025-03-14 09:26:53'],
  ['moment', '2025-03-14 23:30:00-0130', '2025-03-15 01:00:00'],
  ['moment', '2025-12-31T23:30:00-00:45', '2026-01-01 00:15:00'],
  ...['2025-03-14', '2025-03-14T25:00:00', '2025-03-14T09:26:61', '2025-03-14T09:26:53 UTC', '1741944413', 'now'].map(
    (text): ValueCase => ['moment', text, null, 'TYPE(moment)'],
  ),
  // boolean
  ['flag', 'TRUE', true],
  ['flag', '0', false],
  ...['yes', 'y', 't', 'on', '2', '1.0'].map((text): ValueCase => ['flag', text, null, 'TYPE(flag)']),
  // normalisation
  ['words', '  a  b ', 'a  b'],
  ['words', '   ', null],
  ['t_words', 'y', 'y'],
  ['as_is', '  a  b ', '  a  b '],
  ['upper_code', ' aé1 ', 'AÉ1'],
  ['lower_code', ' AÉ1 ', 'aé1'],
  ['float_id', '15076.0', '15076'],
  ['float_id', '-15076.', '-15076'],
  ['float_id', '15076.50', '15076.50'],
  ['float_id', 'A15.0', 'A15.0'],
  ['float_count', '12.000', '12'],
  ['float_count', '12.5', null, 'TYPE(float_count)'],
  ['phone', '+49 (0) 30 / 12-34', '+490301234'],
  ['phone', 'none', null],
  ['spaced', ' a\u00a0\u3000b \t c\n', 'a b c'],
  // ranges and lists
  ['ranged', '0', '0.00'],
  ['ranged', '100.00', '100.00'],
  ['ranged', '-0.01', null, 'RANGE(ranged)'],
  ['ranged', '100.01', null, 'RANGE(ranged)'],
  ['above', '1', '1'],
  ['above', '0', null, 'RANGE(above)'],
  ['colour', ' RED', 'red'],
  ['colour', "It's", "it's"],
  ['colour', 'blue', null, 'NOT_ACCEPTED(colour)'],
  ['rate', '0.1', '0.10'],
  ['rate', '5.00', '5.00'],
  ['rate', '5.01', null, 'NOT_ACCEPTED(rate)'],
  ['plate', 'ab12', 'AB12'],
  ['plate', 'ab12x', null, 'PATTERN(plate)'],
  ['level', '7', '7.00'],
  ['level', '7.00', null, 'PATTERN(level)'],
  // computed columns
  ['words -> fixed', 'x', 'always'],
  ['Full Name -> first_word', '2025 Smith', '2025'],
  ['Full Name -> year_part', '2025 Smith', 2025],
  ['Full Name -> year_part', '2026 Smith', null, 'RANGE(year_part)'],
  ['Full Name -> year_part', 'Ann Smith', null, 'TYPE(year_part)'],
  ['half -> doubled', '12.35', '24.70'],
  ['half -> doubled', '-1', null, 'RANGE(doubled)'],
  ['half -> doubled', '5000', null, 'TYPE(doubled)'],
  ['tail -> next_number', 'a12', 13],
  ['tail -> next_number', 'twelve', null, 'TYPE(next_number), TAIL_TOO_SMALL'],
  ['Old Name -> renamed', ' x ', 'x'],
  // checks
  ['whole', '142', null, 'TOO_EVEN'],
  ['tail', 'a5', null, 'TAIL_TOO_SMALL'],
];
