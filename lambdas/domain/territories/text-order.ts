/** Order of texts by their code units: the same on every machine, whatever its language. */
export function textOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Orders by the first text that differs. */
export function textsOrder(a: readonly string[], b: readonly string[]): number {
  for (const [index, text] of a.entries()) {
    const order = textOrder(text, b[index] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}
