import { foldLetters } from './fold-letters.ts';

/** Chinese, Japanese and Korean forms of companies, written without a space to the name. */
const unspacedForms = /株式会社|有限会社|合同会社|股份有限公司|有限责任公司|有限公司|주식회사|유한회사/g;
const unspaced = /[\u3000-\u9fff\uac00-\ud7af]/;
const letterOrDigit = /[\p{L}\p{N}\p{M}]/u;

/**
 * The words of a name, folded to plain letters: punctuation separates, apostrophes vanish, `&` and a `+` between words are the word and.
 * Single letters in a row are one word, so that `S.A.`, `S. A.`, `S/A` and `SA` agree.
 */
export function nameTokens(name: string): string[] {
  const folded = foldLetters(name);
  const text = unspaced.test(folded) ? folded.replace(unspacedForms, ' $& ') : folded;
  const words: string[] = [];
  let start = 0;
  let word = '';
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isWordCharacter(code, text, index)) continue;
    word += text.slice(start, index);
    start = index + 1;
    if (isApostrophe(code)) continue;
    if (word !== '') words.push(word);
    word = '';
    if (isAnd(code, text, index)) words.push('and');
  }
  word += text.slice(start);
  if (word !== '') words.push(word);
  return joinedInitials(words);
}

function isWordCharacter(code: number, text: string, index: number): boolean {
  if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) return true;
  if (code < 128) return false;
  // Half of a pair: a letter beyond the first plane, as good as a word character.
  return (code >= 0xd800 && code <= 0xdfff) || letterOrDigit.test(text.charAt(index));
}

function isApostrophe(code: number): boolean {
  return code === 0x27 || code === 0x2019 || code === 0x2018 || code === 0x60 || code === 0xb4 || code === 0x2bc;
}

function isAnd(code: number, text: string, index: number): boolean {
  if (code === 0x26) return true;
  return code === 0x2b && text.charAt(index - 1) === ' ' && text.charAt(index + 1) === ' ';
}

function joinedInitials(words: readonly string[]): string[] {
  const joined: string[] = [];
  let isOpen = false;
  for (const word of words) {
    const isInitial = word.length === 1 && word >= 'a' && word <= 'z';
    if (isInitial && isOpen) joined[joined.length - 1] += word;
    else joined.push(word);
    isOpen = isInitial;
  }
  return joined;
}
