const legalForms = new Set(['inc', 'llc', 'corp', 'corporation']);

/** Lower case letters, without legal form. */
function tokensOf(name: string): string[] {
  const words = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .split(' ');
  return words.filter((word) => word !== '' && !legalForms.has(word)).sort();
}

/** Ids of the pairs, `a b`, whose sorted tokens are alike in at least `least` of 100. */
export function alikePairs(clients: readonly { id: string; name: string }[], least: number): string[] {
  const entries = clients.map(({ id, name }) => {
    const text = tokensOf(name).join(' ');
    return { id, text, counts: letterCounts(text) };
  });
  const pairs: string[] = [];
  for (const [index, a] of entries.entries()) {
    for (let other = index + 1; other < entries.length; other++) {
      const b = entries[other];
      if (b === undefined || bound(a, b) < least || ratio(a.text, b.text) < least) continue;
      pairs.push([a.id, b.id].sort().join(' '));
    }
  }
  return pairs.sort();
}

function letterCounts(text: string): Uint8Array {
  const counts = new Uint8Array(32);
  for (let index = 0; index < text.length; index++) {
    const slot = text.charCodeAt(index) & 31;
    counts[slot] = (counts[slot] ?? 0) + 1;
  }
  return counts;
}

/** No less than the ratio: common letters, whatever their order. */
function bound(a: { text: string; counts: Uint8Array }, b: { text: string; counts: Uint8Array }): number {
  let common = 0;
  for (let slot = 0; slot < 32; slot++) common += Math.min(a.counts[slot] ?? 0, b.counts[slot] ?? 0);
  return (200 * common) / (a.text.length + b.text.length);
}

/** 100 × twice the longest common subsequence ÷ both lengths. */
function ratio(a: string, b: string): number {
  let previous = new Array<number>(b.length + 1).fill(0);
  for (const letter of a) {
    const current = [0];
    for (let column = 1; column <= b.length; column++) {
      const diagonal = previous[column - 1] ?? 0;
      current.push(letter === b[column - 1] ? diagonal + 1 : Math.max(previous[column] ?? 0, current[column - 1] ?? 0));
    }
    previous = current;
  }
  return (200 * (previous[b.length] ?? 0)) / (a.length + b.length);
}
