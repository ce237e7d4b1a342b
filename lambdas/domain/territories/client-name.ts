/** Letters that Unicode does not decompose. */
const folded: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
};

/** Forms of companies, as they stand at the end of names once punctuation is gone. */
const legalForms = new Set(
  `inc incorporated llc llp lp ltd limited corp corporation co company plc pllc gmbh ag kg se sa sarl sas srl spa bv nv ab as oy aps pty pte
  kk`.split(/\s+/),
);

/**
 * The words of a client's name as they are compared: without case, diacritics and punctuation, `&` as `and`, legal forms at the end
 * left out (though never the last word), sorted. Empty for a name without letters and digits.
 */
export function nameTokens(name: string): string[] {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøđðþłı]/g, (letter) => folded[letter] ?? letter)
    .replace(/['’.]/g, '')
    .replaceAll('&', ' and ');
  const tokens = plain.split(/[^\p{L}\p{N}]+/u).filter((token) => token !== '');
  while (tokens.length > 1 && legalForms.has(tokens.at(-1) ?? '')) tokens.pop();
  return tokens.toSorted();
}
