import type { Mapping, MappingColumn } from '../../lambdas/domain/mapping.ts';
import type { ExtractHome } from './extract-home.ts';
import { texts } from './org-measures.ts';

/** Columns that time alone changes in the org; no stamp tells, and nothing is computed from them. */
const unjudged = new Set(['case_milestone.is_violated']);

/**
 * One line per record and column in which a silver table differs from what the org's own table has, put through the mapping by an
 * independent reading of it. A record that is not in the org must be marked as deleted.
 */
export async function silverDifferences(home: ExtractHome, mapping: Mapping): Promise<string[]> {
  const { table, object } = mapping;
  const judged = mapping.columns.filter(({ name }) => !unjudged.has(`${table}.${name}`));
  const silver = new Map<string, Record<string, string | null>>();
  const columns = [...judged.map(silverColumn), 'is_deleted', '_bad_columns'];
  const listed = columns.map((name) => `cast(${name} as varchar) as ${name}`).join(', ');
  for (const row of await home.rows(`select ${listed} from silver.${table}`)) {
    silver.set(String(row[mapping.key]), row as Record<string, string | null>);
  }
  const differences: string[] = [];
  const seen = new Set<string>();
  for (const record of await texts(home.database, `select * from org."${object}"`)) {
    const id = String(record.Id);
    seen.add(id);
    const copy = silver.get(id);
    if (copy === undefined) {
      differences.push(`${table} ${id}: missing`);
      continue;
    }
    const expected = [...judged.map((column) => expectedValue(column, record)), record.IsDeleted ?? 'false', null];
    for (const [index, name] of columns.entries()) {
      const [own, other] = [expected[index] ?? null, comparable(copy[name] ?? null, judged[index]?.type)];
      if (own !== other) differences.push(`${table} ${id}.${name}: org ${own}, silver ${other}`);
    }
  }
  for (const [id, row] of silver) {
    if (!seen.has(id) && row.is_deleted !== 'true') differences.push(`${table} ${id}: gone from the org, not deleted`);
  }
  return differences;
}

/** Money is compared as it came. */
const silverColumn = ({ name, money }: MappingColumn) => (money ? `${name}_original` : name);

function expectedValue(column: MappingColumn, record: Readonly<Record<string, string | null>>): string | null {
  const fields = typeof column.from === 'string' ? [column.from] : column.from;
  const found = fields.map((field) => cleaned(column, record[field] ?? null)).find((text) => text !== null) ?? null;
  const replaced = found === null ? null : (column.values[found] ?? found);
  return comparable(replaced ?? column.default ?? null, column.type);
}

function cleaned(column: MappingColumn, value: string | null): string | null {
  let text = (value ?? '').trim();
  for (const step of column.normalise) {
    if (step === 'upper') text = text.toUpperCase();
    else if (step === 'lower') text = text.toLowerCase();
    else if (step === 'collapse_spaces') text = text.replaceAll(/[ \t\n\r\f\v]+/g, ' ');
    else if (step === 'email') text = text.replace(/^mailto:/, '').toLowerCase();
    else if (step === 'phone') text = text.replace(/\s*(x|ext\.?|extension)\s*\d+$/i, '').replaceAll(/[^\d+]/g, '');
    else text = text.replace(/\.0*$/, '');
  }
  return text === '' ? null : text;
}

/** Numbers without needless zeros, times without needless fractions: the two sides come from columns of different types. */
function comparable(text: string | null, type: string | undefined): string | null {
  if (text === null || type === undefined || type === 'varchar') return text;
  if (type === 'timestamp') return text.replace(/\.0+$/, '');
  if (type === 'boolean' || type === 'date') return text;
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
