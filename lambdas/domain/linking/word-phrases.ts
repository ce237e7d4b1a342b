/** Sequences of words, to be found at the ends of a name or anywhere in it, the longest first. */
export class WordPhrases {
  /** First or last word -> phrases, the longest first. */
  readonly #byFirst = new Map<string, (readonly string[])[]>();
  readonly #byLast = new Map<string, (readonly string[])[]>();

  constructor(phrases: Iterable<readonly string[]>) {
    const known = new Map<string, readonly string[]>();
    for (const phrase of phrases) if (phrase.length > 0) known.set(phrase.join(' '), phrase);
    for (const phrase of [...known.values()].toSorted((a, b) => b.length - a.length)) {
      append(this.#byFirst, phrase[0] ?? '', phrase);
      append(this.#byLast, phrase.at(-1) ?? '', phrase);
    }
  }

  /** How many words the longest phrase takes that begins at a place; 0 when none does. */
  lengthAt(words: readonly string[], place: number): number {
    const phrases = this.#byFirst.get(words[place] ?? '') ?? [];
    return phrases.find((phrase) => phrase.every((word, index) => words[place + index] === word))?.length ?? 0;
  }

  /** How many words the longest phrase takes that ends before a place. */
  lengthBefore(words: readonly string[], end: number): number {
    const phrases = this.#byLast.get(words[end - 1] ?? '') ?? [];
    const fits = (phrase: readonly string[]) =>
      phrase.length <= end && phrase.every((word, index) => words[end - phrase.length + index] === word);
    return phrases.find(fits)?.length ?? 0;
  }

  /** The words without any phrase. */
  without(words: readonly string[]): string[] {
    const kept: string[] = [];
    for (let place = 0; place < words.length; ) {
      const length = this.lengthAt(words, place);
      if (length === 0) kept.push(words[place] ?? '');
      place += Math.max(length, 1);
    }
    return kept;
  }
}

function append(map: Map<string, (readonly string[])[]>, key: string, phrase: readonly string[]): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [phrase]);
  else list.push(phrase);
}
