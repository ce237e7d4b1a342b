import type { AccountLinksConfig } from './account-links-config.ts';
import type { CompanyNames } from './company-names.ts';
import { LevenshteinMeter } from './levenshtein.ts';
import type { LinkAccount, LinkedPair } from './link-account.ts';
import { matchWords } from './word-match.ts';

/** Why a pair is not merged although a rule holds. */
export type Doubt =
  | 'SAME_REGION'
  | 'GENERIC_NAME'
  | 'NUMBERS_DIFFER'
  | 'SHORT_NAME'
  | 'WORDS_DIFFER'
  | 'ESTABLISHED_WORDS'
  | 'SEVERAL_SLIPS';

const romanNumeral = /^(?=[ivx]{2,})x{0,3}(?:ix|iv|v?i{0,3})$/;
const digit = /\d/;

/**
 * Decides which pairs may be merged without a person. A rule's confidence says how strong the evidence is; names that are alike can still be
 * two companies. `frequency` says how many names a word is in.
 */
export class MergePolicy {
  readonly #names: CompanyNames;
  readonly #config: AccountLinksConfig['merging'];
  readonly #frequency: (word: string) => number;
  readonly #meter = new LevenshteinMeter();

  constructor(names: CompanyNames, config: AccountLinksConfig['merging'], frequency: (word: string) => number) {
    this.#names = names;
    this.#config = config;
    this.#frequency = frequency;
  }

  /** Null where nothing speaks against merging. A manual link is beyond doubt and not asked for. */
  doubt(pair: LinkedPair, one: LinkAccount, other: LinkAccount, fuzzyFrom: number): Doubt | null {
    if (!this.#config.within_region && one.region !== null && one.region === other.region) return 'SAME_REGION';
    const [a, b] = [words(one.name_core), words(other.name_core)];
    const [ownA, ownB] = [this.#names.distinctive(a), this.#names.distinctive(b)];
    const hasMore = pair.sameParent || pair.sharedEmail || pair.sharedPhone;
    if (pair.sameName) return hasMore || ownA.length > 0 ? null : 'GENERIC_NAME';
    if (ownA.length === 0 || ownB.length === 0) return 'GENERIC_NAME';
    if (numbers(words(one.name_norm)) !== numbers(words(other.name_norm))) return 'NUMBERS_DIFFER';
    if (hasMore) return pair.similarity >= fuzzyFrom ? null : this.#doubtWithEvidence(ownA, ownB);
    return this.#doubtOfName(a, b, Math.min(letters(ownA), letters(ownB)));
  }

  /** A common parent or contact explains more words on one side, not other words on either side. */
  #doubtWithEvidence(a: readonly string[], b: readonly string[]): Doubt | null {
    const { onlyA, onlyB } = matchWords(this.#meter, a, b, 3);
    return onlyA.length > 0 && onlyB.length > 0 ? 'WORDS_DIFFER' : null;
  }

  /** Nothing but the name: every word of its own needs its counterpart, and one slip is all that is forgiven. */
  #doubtOfName(a: readonly string[], b: readonly string[], ownLetters: number): Doubt | null {
    const { shortest_distinctive, shortest_misspelt, established_word } = this.#config;
    const { onlyA, onlyB, misspelt } = matchWords(this.#meter, this.#telling(a), this.#telling(b), shortest_misspelt);
    const own = [...onlyA, ...onlyB].filter((word) => this.#names.kind(word) !== 'generic');
    if (own.length > 0 || (onlyA.length > 0 && onlyB.length > 0)) return 'WORDS_DIFFER';
    if (ownLetters < shortest_distinctive) return 'SHORT_NAME';
    if (misspelt.length > 1) return 'SEVERAL_SLIPS';
    const isEstablished = (word: string) =>
      this.#names.kind(word) !== 'distinctive' || this.#frequency(word) >= established_word;
    return misspelt.some((pair) => pair.every(isEstablished)) ? 'ESTABLISHED_WORDS' : null;
  }

  #telling(core: readonly string[]): string[] {
    return core.filter((word) => this.#names.kind(word) !== 'connective');
  }
}

function words(text: string | null): string[] {
  return text === null || text === '' ? [] : text.split(' ');
}

function letters(list: readonly string[]): number {
  return list.reduce((sum, word) => sum + word.length, 0);
}

/** Numbers in a name, in digits or Roman, sorted. */
function numbers(list: readonly string[]): string {
  return list
    .filter((word) => digit.test(word) || romanNumeral.test(word))
    .toSorted()
    .join(' ');
}
