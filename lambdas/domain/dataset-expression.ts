const sourceReference = /\bsource\s*\.\s*(?:"((?:[^"]|"")+)"|([A-Za-z_][A-Za-z0-9_]*))/g;

/** Whether an expression of a contract reads source columns (`source."Name"`), so that its result is text still to be typed. */
export function readsSource(expression: string): boolean {
  return sourceColumns(expression).length > 0;
}

/** Names of the source columns that an expression reads, without repeats. */
export function sourceColumns(expression: string): string[] {
  const names = [...expression.matchAll(sourceReference)].map(
    (found) => found[1]?.replaceAll('""', '"') ?? found[2] ?? '',
  );
  return [...new Set(names)];
}
