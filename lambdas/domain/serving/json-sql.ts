/** How a value of the lake becomes JSON; `json` is JSON text already. Decimals keep every digit. */
export type JsonKind = 'text' | 'number' | 'flag' | 'day' | 'instant' | 'json';

/** SQL of a JSON value as text. */
export function jsonValue(expression: string, kind: JsonKind): string {
  return `coalesce(${rendered[kind](expression)}, 'null')`;
}

const rendered: Readonly<Record<JsonKind, (expression: string) => string>> = {
  text: (expression) => `cast(to_json(cast(${expression} as varchar)) as varchar)`,
  number: (expression) => `cast(${expression} as varchar)`,
  flag: (expression) => `cast(${expression} as varchar)`,
  day: (expression) => `'"' || cast(${expression} as varchar) || '"'`,
  instant: (expression) => `'"' || strftime(${expression}, '%Y-%m-%dT%H:%M:%S.%gZ') || '"'`,
  json: (expression) => expression,
};

/** Name -> expression and kind; a bare kind means the column of that name. */
export type JsonFields = Readonly<Record<string, JsonKind | readonly [expression: string, kind: JsonKind]>>;

/** SQL of a JSON object as text. `from` qualifies bare columns. */
export function jsonObject(fields: JsonFields, from?: string): string {
  const parts = Object.entries(fields).map(([name, field], index) => {
    const [expression, kind] = typeof field === 'string' ? [qualified(name, from), field] : field;
    return `'${index === 0 ? '{' : ','}"${name}":', ${jsonValue(expression, kind)}`;
  });
  return `concat(${parts.join(', ')}, '}')`;
}

/** SQL of a JSON array as text, of one row's values. */
export function jsonArray(values: readonly (readonly [expression: string, kind: JsonKind])[]): string {
  const parts = values.map(([expression, kind]) => jsonValue(expression, kind));
  return `concat('[', ${parts.join(`, ',', `)}, ']')`;
}

/**
 * SQL of a JSON array as text, of many rows' values in ascending order of the keys; `[]` of none. Lists are sorted after they are
 * collected: an ORDER BY inside the aggregate takes some 50 kB for each group.
 */
export function jsonRows(value: string, keys: readonly string[]): string {
  const fields = [...keys, value].map((expression, index) => `f${index}: ${expression}`);
  const sorted = `list_sort(list({${fields.join(', ')}}))`;
  return `'[' || coalesce(array_to_string(list_transform(${sorted}, lambda each: each.f${keys.length}), ','), '') || ']'`;
}

/** SQL of a document that is an array: the values of the rows of `table` whose `key` is the ranked row's. */
export function listOf(table: string, key: string, value: string, order: readonly string[]): string {
  return `select r.rank, ${jsonRows(value, order)} as body from {ranked} as r join ${table} on ${key} = r.key group by r.rank order by r.rank`;
}

/** Sort key for days, the newest first; a missing one comes before all others. */
export function newestFirst(day: string): string {
  return `coalesce(date '9999-12-31' - cast(${day} as date), -1)`;
}

/** Sort key for numbers, the greatest first; a missing one comes before all others. */
export function greatestFirst(number: string): string {
  return `coalesce(-${number}, -1000000000000000)`;
}

/** SQL of a key of several columns: no two rows share one, whatever their texts are (people write `|` and leave fields empty). */
export function keyOf(columns: readonly string[]): string {
  return `cast(to_json([${columns.map((column) => `cast(${column} as varchar)`).join(', ')}]) as varchar)`;
}

function qualified(name: string, from: string | undefined): string {
  return from === undefined ? name : `${from}.${name}`;
}

/** SQL of an exact amount as whole hundredths. */
export function cents(expression: string): string {
  return `cast(${expression} * 100 as bigint)`;
}
