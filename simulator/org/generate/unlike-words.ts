/** Lower-case ASCII letters of a word: accents fall off, everything else is left out. */
export function plainLetters(word: string): string {
  return word
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}

/**
 * The words, in their order, that differ from every word chosen before by at least `distance` letters to insert, delete or replace.
 * Names made of such words are alike only where it is planned.
 */
export function unlikeWords(words: readonly string[], distance: number, most: number): readonly string[] {
  const chosen: { word: string; letters: string }[] = [];
  for (const word of words) {
    if (chosen.length === most) break;
    const letters = plainLetters(word);
    if (chosen.every((other) => isFarther(letters, other.letters, distance))) chosen.push({ word, letters });
  }
  return chosen.map(({ word }) => word);
}

/** Whether the Levenshtein distance of two short words is at least `distance`. */
function isFarther(a: string, b: string, distance: number): boolean {
  if (Math.abs(a.length - b.length) >= distance) return true;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a.charCodeAt(row - 1) === b.charCodeAt(column - 1) ? 0 : 1);
      const cell = Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      current.push(cell);
      least = Math.min(least, cell);
    }
    if (least >= distance) return true;
    previous = current;
  }
  return (previous[b.length] ?? 0) >= distance;
}
