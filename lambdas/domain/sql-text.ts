/** A SQL string literal, the same for every engine. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A SQL identifier, always quoted. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A time (ISO 8601, UTC) as the text of a SQL timestamp: no T, no zone. */
export function timestampText(iso: string): string {
  return iso.replace('T', ' ').replace('Z', '');
}
