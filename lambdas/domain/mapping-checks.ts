import { emailCheck } from './email-format.ts';
import { castColumns } from './mapped-text.ts';
import type { Mapping } from './mapping.ts';
import type { Check } from './model.ts';

/** The checks that a mapping declares for its table. Records that are deleted in the org are judged like the others. */
export function mappingChecks(mapping: Mapping): Check[] {
  return [
    {
      check: 'not_null',
      severity: 'quarantine',
      column: mapping.key,
      reason: 'NO_ID',
      description: 'a record has an Id',
    },
    ...mapping.columns.flatMap((column): Check[] => {
      const { name, required, format, accepted, reference } = column;
      const checks: Check[] = [];
      if (required !== undefined) {
        const reason = required === 'quarantine' ? { reason: `REQUIRED(${name})` } : {};
        checks.push({
          check: 'not_null',
          severity: required,
          column: name,
          ...reason,
          description: `${name} is given`,
        });
      }
      if (format === 'email') checks.push(emailCheck(name));
      if (accepted !== undefined) {
        const description = `${name} is one of ${accepted.join(', ')}`;
        checks.push({ check: 'accepted', severity: 'warn', column: name, values: [...accepted], description });
      }
      if (reference !== undefined) {
        const to = `silver.${reference.table}.${reference.to}`;
        checks.push({
          check: 'reference',
          severity: 'warn',
          column: name,
          to,
          description: `${name} is found in ${to}`,
        });
      }
      return checks;
    }),
    ...castColumns(mapping).map(
      (column): Check => ({
        check: 'cast',
        severity: column.on_bad === 'quarantine' ? 'quarantine' : 'warn',
        column: column.name,
        description: `every text of ${column.name} is a ${column.type}; others are NULL and stand in _bad_values`,
      }),
    ),
  ];
}
