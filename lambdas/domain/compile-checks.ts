import { referredColumn, referredTable } from './compile-silver.ts';
import type { Check, Model } from './model.ts';
import { literal } from './sql-text.ts';

/** Checks whose bad rows are set aside while the table is written. */
export function rowChecks(model: Model): Check[] {
  return model.contract.checks.filter((check) => check.severity === 'quarantine');
}

/**
 * The model's SELECT with a column `_reasons` in front of which every quarantining check has spoken: null for a good row, else the
 * codes. A model without such checks is returned as it is.
 */
export function compileWithRowChecks(model: Model): string {
  const checks = rowChecks(model);
  if (checks.length === 0) return model.sql;
  const joins: string[] = [];
  const reasons = checks.map((check, index) => {
    if (check.check !== 'reference') return `case when ${rowCondition(check, 'm')} then '${reasonOf(check)}' end`;
    const partner = `r${index}`;
    const column = referredColumn(check);
    joins.push(
      `left join (select distinct ${column} from ${referredTable(check)}) as ${partner} on ${partner}.${column} = m.${check.column}`,
    );
    const judged = sourceCondition(check);
    return `case when m.${check.column} is not null and ${partner}.${column} is null${judged} then '${reasonOf(check)}' end`;
  });
  // Trino's coalesce wants two arguments.
  const first = reasons.length === 1 ? reasons[0] : `coalesce(${reasons.join(', ')})`;
  const parts = reasons.map((reason) => `coalesce(', ' || ${reason}, '')`).join(' || ');
  return `select m.*, case when ${first} is not null then substr(${parts}, 3) end as _reasons
from (
${model.sql}
) as m
${joins.join('\n')}`;
}

function sourceCondition(check: Check): string {
  if (check.only_from === undefined) return '';
  return ` and m._source_system in (${check.only_from.map((source) => `'${source}'`).join(', ')})`;
}

function reasonOf(check: Check): string {
  return (
    check.reason ?? `${check.check.toUpperCase()}(${check.column ?? check.columns?.join(', ') ?? check.file ?? ''})`
  );
}

/** The condition under which a row breaks a row check; `row` is the alias of the table. */
export function rowCondition(check: Check, row: string): string {
  const column = `${row}.${check.column}`;
  switch (check.check) {
    case 'not_null':
      return (check.columns ?? [check.column]).map((name) => `${row}.${name} is null`).join(' or ');
    case 'accepted':
      return `${column} is not null and cast(${column} as varchar) not in (${(check.values ?? []).map(literal).join(', ')})`;
    case 'range': {
      const bounds = [
        check.minimum === undefined ? null : `${column} < ${check.minimum}`,
        check.maximum === undefined ? null : `${column} > ${check.maximum}`,
      ].filter((bound) => bound !== null);
      return bounds.length === 0 ? 'false' : `(${bounds.join(' or ')})`;
    }
    case 'pattern':
      return `${column} is not null and not regexp_like(${column}, ${literal(`^(?:${check.pattern ?? ''})$`)})`;
    case 'cast':
      return `coalesce(strpos(${row}._bad_columns, ',${check.column},') > 0, false)`;
    case 'converted':
      return (check.columns ?? [])
        .map((name) => `(${row}.${name}_original is not null and ${row}.${name} is null)`)
        .join(' or ');
    default:
      return 'false';
  }
}
