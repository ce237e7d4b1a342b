/** Compares texts as stores do, by their UTF-8 bytes; JavaScript's `<` differs for characters beyond U+FFFF. */
export function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
