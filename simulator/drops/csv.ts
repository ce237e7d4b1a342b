/** A value as one CSV field, quoted only where it must be (RFC 4180). */
export function csvField(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

export function csvRecord(values: readonly (string | number)[]): string {
  return values.map((value) => csvField(String(value))).join(',');
}

/** A whole file: header and finished records, each ended by a line feed. */
export function csvText(header: readonly string[], records: readonly string[]): string {
  return `${[header.join(','), ...records].join('\n')}\n`;
}

/** Cents as decimal text, `-12.05`; amounts are whole cents everywhere, so that sums are exact. */
export function decimalText(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
