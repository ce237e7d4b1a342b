import type { CompanyNamesConfig } from './company-names-config.ts';
import { nameTokens } from './name-tokens.ts';
import { WordPhrases } from './word-phrases.ts';

/** A company's name as it is compared; words separated by one space. Both are empty only for a name without letters and digits. */
export interface ComparedName {
  /** Folded, without legal forms: names that agree in it are the same. */
  readonly norm: string;
  /** Also without geography and words for groups, abbreviations written out, where that leaves something of its own: names alike in it may be the same. */
  readonly core: string;
}

/** How much a word tells of the company: only the last two do. A place does where nothing else is left. */
export type WordKind = 'connective' | 'generic' | 'place' | 'distinctive';

/** Reads names of companies by the lists of `config/company-names.json`. */
export class CompanyNames {
  readonly #ends: WordPhrases;
  readonly #fronts: WordPhrases;
  readonly #places: WordPhrases;
  readonly #groups: WordPhrases;
  readonly #kinds = new Map<string, WordKind>();
  readonly #abbreviations: ReadonlyMap<string, string>;

  constructor(config: CompanyNamesConfig) {
    const forms = Object.values(config.legal_forms);
    this.#ends = new WordPhrases(forms.flatMap(({ end }) => end.map(nameTokens)));
    this.#fronts = new WordPhrases(forms.flatMap(({ front }) => front.map(nameTokens)));
    this.#places = new WordPhrases(config.geography.map(nameTokens));
    this.#groups = new WordPhrases(config.group_words.map(nameTokens));
    this.#abbreviations = new Map(Object.entries(config.abbreviations));
    this.#know(config.geography, 'place');
    this.#know([...config.generic_words, ...config.group_words], 'generic');
    this.#know(config.connectives, 'connective');
  }

  compared(name: string): ComparedName {
    const norm = this.withoutLegalForms(nameTokens(name));
    return { norm: norm.join(' '), core: this.#core(norm).join(' ') };
  }

  kind(word: string): WordKind {
    return this.#kinds.get(word) ?? 'distinctive';
  }

  /** The words of a name that tell it from others; none in a generic name like `consulting group`. */
  distinctive(words: readonly string[]): string[] {
    const own = words.filter((word) => this.kind(word) === 'distinctive');
    if (own.length > 0 || words.length < 2) return own;
    return words.filter((word) => this.kind(word) === 'place');
  }

  /** Takes legal forms off both ends, the longest first, until there is none; the last word stays, whatever it is. */
  withoutLegalForms(words: readonly string[]): readonly string[] {
    let [start, end] = [0, words.length];
    for (let before = -1; before !== end - start; ) {
      before = end - start;
      const last = this.#ends.lengthBefore(words.slice(start, end), end - start);
      if (last < end - start) end -= last;
      const first = this.#fronts.lengthAt(words.slice(start, end), 0);
      if (first < end - start) start += first;
      if (end - start > 1 && words[end - 1] === 'and') end--;
      if (end - start > 1 && words[start] === 'and') start++;
    }
    return words.slice(start, end);
  }

  #core(norm: readonly string[]): readonly string[] {
    const written = norm.map((word) => this.#abbreviations.get(word) ?? word);
    const withoutGroup = this.#bare(this.#groups.without(written));
    const withoutPlace = this.#bare(this.#places.without(withoutGroup));
    if (withoutPlace.some((word) => this.kind(word) === 'distinctive')) return withoutPlace;
    return this.distinctive(withoutGroup).length > 0 ? withoutGroup : written;
  }

  /** Without legal forms that a place stood behind, and without articles. */
  #bare(words: readonly string[]): readonly string[] {
    return this.withoutLegalForms(words.filter((word) => word !== 'the' && word !== 'and'));
  }

  #know(words: readonly string[], kind: WordKind): void {
    for (const word of words) {
      const tokens = nameTokens(word);
      if (tokens.length === 1) this.#kinds.set(tokens[0] ?? '', kind);
    }
  }
}
