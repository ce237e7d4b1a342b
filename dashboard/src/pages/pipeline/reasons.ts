const words: Readonly<Record<string, (column: string) => string>> = {
  REQUIRED: (column) => `${column} is missing`,
  TYPE: (column) => `${column} cannot be read as its type`,
  RANGE: (column) => `${column} is outside its limits`,
  PATTERN: (column) => `${column} does not have its form`,
  NOT_ACCEPTED: (column) => `${column} is not among the accepted values`,
};

/** A reason code with a column as a sentence; other codes are read out: UNKNOWN_CUSTOMER -> unknown customer. */
export function reasonInWords(reason: string): string {
  const match = /^([A-Z_]+)\((.*)\)$/.exec(reason);
  const write = words[match?.[1] ?? ''];
  return write === undefined ? reason.replaceAll('_', ' ').toLowerCase() : write(match?.[2] ?? '');
}

/** A line of a file as it came; of a row as JSON the columns that have a value. */
export function rawInWords(raw: string): string {
  if (!raw.startsWith('{')) return raw;
  try {
    const known = Object.entries(JSON.parse(raw) as Record<string, unknown>).filter(([, value]) => value !== null);
    return known.map(([name, value]) => `${name}: ${String(value)}`).join(', ');
  } catch {
    return raw;
  }
}
