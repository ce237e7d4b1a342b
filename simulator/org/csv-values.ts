import type { FieldShape, ObjectShape } from './object-shape.ts';
import { columnType, literal, quoted } from './org-tables.ts';
import { stages } from './shapes/stages.ts';

/** SQL that turns the text of a CSV column into the field's value. */
export function readSql(field: FieldShape, column: string): string {
  const text = quoted(column);
  switch (field.type) {
    case 'boolean':
      return `coalesce(${text} = '1' or cast(${text} as boolean), false)`;
    case 'datetime':
      // A cast to TIMESTAMP alone would drop the offset instead of applying it.
      return `cast(cast(${text} as timestamptz) as timestamp)`;
    default:
      return `cast(${text} as ${columnType(field)})`;
  }
}

/** SQL for a field that the file has no column for. `columns`: those it has, by field name; `now`: SQL of the org's clock. */
export function madeUpSql(
  shape: ObjectShape,
  field: FieldShape,
  columns: ReadonlyMap<string, string>,
  now: string,
): string {
  const given = (name: string): string => quoted(columns.get(name) ?? '');
  const stamp = ['LastModifiedDate', 'CreatedDate'].find((name) => columns.has(name));
  const stampField = shape.fields.find(({ name }) => name === stamp);
  if (['CreatedDate', 'LastModifiedDate', 'SystemModstamp'].includes(field.name)) {
    return stamp === undefined || stampField === undefined
      ? now
      : `coalesce(${readSql(stampField, given(stamp).slice(1, -1))}, ${now})`;
  }
  if (field.name === 'Name' && columns.has('LastName')) {
    const first = columns.has('FirstName') ? given('FirstName') : 'null';
    return `concat_ws(' ', ${first}, ${given('LastName')})`;
  }
  if (shape.name === 'Opportunity' && columns.has('StageName')) {
    const decided = stageSql(field.name, given('StageName'));
    if (decided !== null) return `cast(${decided} as ${columnType(field)})`;
  }
  if (field.name === 'CurrencyIsoCode') return `'USD'`;
  return field.type === 'boolean' ? 'false' : `cast(null as ${columnType(field)})`;
}

/** What a stage decides; of a stage that the sales process does not know, that it is open. */
function stageSql(field: string, stage: string): string | null {
  const cases = (value: (stage: (typeof stages)[number]) => string): string =>
    stages.map((known) => `when ${stage} = ${literal(known.name)} then ${value(known)}`).join(' ');
  switch (field) {
    case 'IsClosed':
      return `case ${cases(({ isClosed }) => String(isClosed))} else false end`;
    case 'IsWon':
      return `case ${cases(({ isWon }) => String(isWon))} else false end`;
    case 'Probability':
      return `case ${cases(({ probability }) => String(probability))} end`;
    case 'ForecastCategory':
      return `case ${cases(({ forecastCategory }) => literal(forecastCategory))} else 'Pipeline' end`;
    default:
      return null;
  }
}
