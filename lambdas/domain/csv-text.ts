export type CsvValue = string | number | boolean | null;

/**
 * RFC 4180 with a heading. Text that a spreadsheet would take for a formula (beginning with = + - @ TAB or CR) gets an apostrophe in
 * front; numbers stay numbers.
 */
export function csvText(names: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [names, ...rows].map(csvLine).join('');
}

/** One record with its line end. */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}

function cell(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const number = /^-?\d+(\.\d+)?$/.test(value);
  const text = !number && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
