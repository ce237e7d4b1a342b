/** Parts that are there and not blank, trimmed and joined; null when none is. */
export function joined(parts: readonly (string | null | undefined)[], separator: string): string | null {
  const present = parts.map((part) => (part ?? '').trim()).filter((part) => part !== '');
  return present.length === 0 ? null : present.join(separator);
}
