/** Looks into JSON of which nothing is known yet: what is not there, or is something else, is undefined or empty. */
export function at(value: unknown, ...path: string[]): unknown {
  let found = value;
  for (const name of path) {
    found = typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[name] : undefined;
  }
  return found;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

export function lowered(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}
