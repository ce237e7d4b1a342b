import { nameTokens } from '../linking/name-tokens.ts';

const notWord = /[^\p{L}\p{N}]+/gu;

/** The words of a name or of a search for one, folded, letters and digits only: what is indexed and what is looked up agree. */
export function searchWords(text: string): string[] {
  return nameTokens(text)
    .flatMap((token) => token.split(notWord))
    .filter((word) => word !== '');
}

/**
 * Words that a name must have, most demanding first: all of them, then without legal forms (also half-written ones), which are not indexed.
 * Empty when nothing can be looked up.
 */
export function searchAttempts(text: string, legalWords: readonly string[]): string[][] {
  const words = searchWords(text);
  if (words.length === 0) return [];
  const own = words.filter((word) => !legalWords.some((legal) => legal.startsWith(word)));
  return own.length === 0 || own.length === words.length ? [words] : [words, own];
}
