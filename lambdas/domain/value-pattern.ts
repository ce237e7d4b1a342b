import { decimalDigits, type ColumnType } from './column-type.ts';

/**
 * The regular expression (RE2 and JavaScript alike) that a source value must match as a whole before it is cast. A cast alone
 * takes too much: `5.5`, `1e3`, `0x1F` as integers, `epoch` as a date (docs/adr/0003-one-dialect.md). Null for text.
 */
export function valuePattern(type: ColumnType): string | null {
  const digits = decimalDigits(type);
  if (digits !== undefined) {
    const whole = Math.max(digits.precision - digits.scale, 1);
    // Zeros beyond the scale do not change the value; other digits there would be rounded away, so they do not match.
    const fraction = digits.scale === 0 ? '(\\.0*)?' : `(\\.[0-9]{0,${digits.scale}}0*)?`;
    return `[+-]?0*[0-9]{1,${whole}}${fraction}${digits.scale === 0 ? '' : `|[+-]?\\.[0-9]{1,${digits.scale}}0*`}`;
  }
  switch (type) {
    case 'integer':
      return '[+-]?0*[0-9]{1,10}';
    case 'bigint':
      return '[+-]?0*[0-9]{1,19}';
    case 'date':
      return '[0-9]{4}-[0-9]{2}-[0-9]{2}';
    case 'timestamp':
      return '[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?';
    case 'boolean':
      return '[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|1|0';
    default:
      return null;
  }
}
