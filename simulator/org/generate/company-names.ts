import { de, en, es, it, pl } from '@faker-js/faker';
import { Random } from '../../random.ts';
import { legalForms, type Place } from './places.ts';
import { industryWords } from './industry-words.ts';
import { plainLetters, unlikeWords } from './unlike-words.ts';

/** The parts of a company's name, so that variants of it can be made. */
export interface CompanyName {
  /** What distinguishes the company: two or three words. */
  readonly words: readonly string[];
  /** Its trade, `Logistics`; empty where three words distinguish it. */
  readonly trade: string;
  readonly legalForm: string;
}

export function nameText({ words, trade, legalForm }: CompanyName): string {
  return [...words, trade, legalForm].filter((part) => part !== '').join(' ');
}

/** Letters to change at least to turn one word into another. */
const distance = 5;

/**
 * Makes a different name for every number: a surname with one word of English, beyond some 48,000 names with two. Any two names differ in at
 * least one whole word, and words are unlike each other, so that no two names are as alike as spellings of one name are.
 */
export class CompanyNames {
  readonly #surnames: readonly string[];
  readonly #seconds: readonly string[];
  readonly #thirds: readonly string[];

  constructor(seed: number) {
    const random = new Random(seed, 'company names');
    const surnames = [en, de, it, es, pl].flatMap((locale) => locale.person?.last_name?.generic ?? []);
    const words = unlikeWords(shuffled(englishWords().filter(isFitting), random), distance, 400).map(capitalised);
    this.#surnames = unlikeWords(shuffled(surnames.filter(isFitting), random), distance, 320);
    this.#seconds = words.slice(0, 150);
    const trades = new Set(Object.values(industryWords).flat());
    this.#thirds = words.slice(150).filter((word) => !trades.has(word));
  }

  /** How many different names there are, more than two million. Names from the end are free in any org of sensible size. */
  get count(): number {
    return this.#surnames.length * this.#seconds.length * (this.#thirds.length + 1);
  }

  /** The name number `index` of a company in this place and industry. */
  name(index: number, industry: string, place: Place, random: Random): CompanyName {
    const [firsts, seconds] = [this.#surnames.length, this.#seconds.length];
    const first = index % firsts;
    const round = Math.floor(index / firsts);
    const third = Math.floor(round / seconds);
    if (index >= this.count) throw new RangeError(`company names: there are ${this.count}, got number ${index}`);
    const words = [this.#surnames[first], this.#seconds[(round + first) % seconds]];
    if (third > 0) words.push(this.#thirds[third - 1]);
    return {
      words: words.map(String),
      trade: third > 0 ? '' : random.pick(industryWords[industry] ?? ['Group']),
      legalForm: random.chance(0.85) ? random.pick(legalForms[place.country] ?? ['Inc']) : '',
    };
  }
}

/** Things, substances, colours, foods and animals. */
function englishWords(): readonly string[] {
  const elements = (en.science?.chemical_element ?? []).map(({ name }) => name);
  const foods = [...(en.food?.fruit ?? []), ...(en.food?.spice ?? []), ...(en.food?.vegetable ?? [])];
  const rest = [...(en.word?.noun ?? []), ...(en.color?.human ?? []), ...(en.animal?.type ?? [])];
  return [...elements, ...foods, ...rest].map((word) => word.toLowerCase());
}

/** Longer words would leave too little of a name to the word that differs. */
function isFitting(word: string): boolean {
  const { length } = plainLetters(word);
  return length >= 6 && length <= 9 && /^\p{L}+$/u.test(word);
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function shuffled(words: readonly string[], random: Random): readonly string[] {
  const list = [...new Set(words)];
  for (let last = list.length - 1; last > 0; last--) {
    const other = random.integer(0, last);
    [list[last], list[other]] = [String(list[other]), String(list[last])];
  }
  return list;
}
