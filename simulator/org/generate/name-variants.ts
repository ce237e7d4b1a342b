import type { Random } from '../../random.ts';
import { type CompanyName, nameText } from './company-names.ts';
import { legalForms, type Place } from './places.ts';

/** How the name of one company differs between its accounts. */
export const variations = ['spelling', 'legal-form', 'country', 'typo', 'word-order', 'shared-contact'] as const;
export type Variation = (typeof variations)[number];

/**
 * The company's name as an account of it elsewhere has it. `typo` and `shared-contact` change distinguishing letters: what then links
 * the accounts is a common parent, or a common contact.
 */
export function variantOf(name: CompanyName, variation: Variation, place: Place, random: Random): string {
  const legalForm = random.pick(legalForms[place.country] ?? ['Inc.']);
  switch (variation) {
    case 'spelling':
      return respelled(nameText(name), random);
    case 'legal-form':
      return nameText({ ...name, legalForm });
    case 'country':
      return random.chance(0.5)
        ? `${nameText({ ...name, legalForm: '' })} ${place.country}`
        : `${nameText({ ...name, legalForm: '' })} (${place.country}) ${legalForm}`;
    case 'typo':
      return nameText({ ...name, words: mistyped(name.words, random), legalForm });
    case 'word-order':
      return nameText({ ...name, words: name.words.toReversed(), legalForm });
    case 'shared-contact':
      return nameText({
        ...name,
        trade: name.trade === '' ? '' : `${name.trade} ${random.pick(['Group', 'Online', 'Direct'])}`,
        legalForm,
      });
  }
}

function respelled(text: string, random: Random): string {
  const spellings = [
    text.toUpperCase(),
    text.toLowerCase(),
    text.replaceAll(' ', '  '),
    `${text.replaceAll('.', '')} `.trimEnd(),
  ];
  return random.pick(spellings.filter((spelling) => spelling !== text));
}

/** One letter of the longest word is doubled, dropped, or changes places with the next. */
function mistyped(words: readonly string[], random: Random): readonly string[] {
  const longest = words.reduce((best, word) => (word.length > best.length ? word : best), '');
  const at = random.integer(1, longest.length - 3);
  const [letter, next] = [longest.charAt(at), longest.charAt(at + 1)];
  const middle = random.pick([letter + letter + next, next, letter === next ? letter : next + letter]);
  const wrong = longest.slice(0, at) + middle + longest.slice(at + 2);
  return words.map((word) => (word === longest ? wrong : word));
}
