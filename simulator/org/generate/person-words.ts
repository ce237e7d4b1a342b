import { namePools } from '../../drops/people.ts';
import type { Random } from '../../random.ts';
import { plainLetters } from './unlike-words.ts';

interface Word {
  readonly text: string;
  /** The same as it can stand in an e-mail address; empty for a script without Latin letters. */
  readonly plain: string;
}

interface Language {
  readonly first: readonly Word[];
  readonly last: readonly Word[];
}

/** Words for names and addresses, made once because faker is slow. */
export interface PersonWords {
  readonly english: Language;
  readonly others: readonly Language[];
  readonly streets: readonly string[];
  readonly cities: readonly string[];
}

export interface PersonName {
  readonly first: string;
  readonly last: string;
  /** Local part of an e-mail address, without what makes it unique. */
  readonly mailbox: string;
}

export function personWords(seed: number): PersonWords {
  const pools = namePools(seed);
  const word = (text: string): Word => ({ text, plain: plainLetters(text) });
  const language = (names: { first: readonly string[]; last: readonly string[] }): Language => ({
    first: names.first.map(word),
    last: names.last.map(word),
  });
  return {
    english: language(pools.english),
    others: pools.others.map(language),
    streets: pools.streets,
    cities: pools.cities,
  };
}

export function personName(words: PersonWords, random: Random): PersonName {
  const language = random.chance(0.25) ? random.pick(words.others) : words.english;
  const [first, last] = [random.pick(language.first), random.pick(language.last)];
  const mailbox = [first.plain, last.plain].filter((part) => part !== '').join('.') || 'contact';
  return { first: first.text, last: last.text, mailbox };
}

/** A telephone number that only this number of a kind has; `digit` keeps kinds apart. */
export function phoneNumber(dialCode: string, digit: number, sequence: number): string {
  // Steps of a number prime to the range visit all of it, so that neighbours do not look like neighbours.
  const digits = String(((sequence + 1) * 48_271_339) % 100_000_000).padStart(8, '0');
  return `${dialCode} ${digit}${digits.slice(0, 2)} ${digits.slice(2, 5)} ${digits.slice(5)}`;
}

export function postalAddress(prefix: string, words: PersonWords, random: Random): Readonly<Record<string, string>> {
  return {
    [`${prefix}Street`]: `${random.integer(1, 240)} ${random.pick(words.streets)}`,
    [`${prefix}City`]: random.pick(words.cities),
    [`${prefix}PostalCode`]: String(random.integer(10_000, 99_999)),
  };
}
