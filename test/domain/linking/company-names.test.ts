import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameTokens } from '../../../lambdas/domain/linking/name-tokens.ts';
import { shippedNames } from './shipped-linking.ts';

const norm = (name: string) => shippedNames.compared(name).norm;
const core = (name: string) => shippedNames.compared(name).core;

describe('the normalised name', () => {
  it.each([
    ['ACME, Inc.', 'acme'],
    ['  Acme   inc ', 'acme'],
    ['Acme Co., Ltd.', 'acme'],
    ['Acme Co. Ltd', 'acme'],
    ['Acme Pty. Ltd.', 'acme'],
    ['Acme (Pvt) Ltd', 'acme'],
    ['Acme GmbH & Co. KG', 'acme'],
    ['Acme G.m.b.H. & Co. KGaA', 'acme'],
    ['Acme S.A. de C.V.', 'acme'],
    ['Acme S. A. de C. V.', 'acme'],
    ['Acme S. de R.L. de C.V.', 'acme'],
    ['Acme Sp. z o.o.', 'acme'],
    ['Acme spol. s r.o.', 'acme'],
    ['Acme d.o.o.', 'acme'],
    ['Acme A/S', 'acme'],
    ['Acme S/A', 'acme'],
    ['Acme Ltd. Şti.', 'acme'],
    ['Acme Sociedad Anónima', 'acme'],
    ['Acme Gesellschaft mit beschränkter Haftung', 'acme'],
    ['PT Acme Tbk', 'acme'],
    ['ООО «Акме»', 'akme'],
    ['株式会社アクメ', 'アクメ'],
    ['アクメ株式会社', 'アクメ'],
    ['Acme Kabushiki Kaisha', 'acme'],
    ['UAB Acme', 'acme'],
    ['AB Volvo', 'volvo'],
    ['Volvo AB', 'volvo'],
    ['Tiffany & Co.', 'tiffany'],
    ['Johnson & Johnson', 'johnson and johnson'],
    ['Johnson and Johnson', 'johnson and johnson'],
    ['Marks + Spencer PLC', 'marks and spencer'],
    ["Macy's", 'macys'],
    ['L’Oréal S.A.', 'loreal'],
    ['A.T. & T. Inc.', 'at and t'],
    ['J. P. Morgan', 'jp morgan'],
    ['Ærø Øl A/S', 'aero ol'],
    ['Straße GmbH', 'strasse'],
    ['Łódź Sp. z o.o.', 'lodz'],
    ['Ｗｉｄｅ Ltd', 'wide'],
    ['Acme Ltd Inc LLC', 'acme'],
  ])('of %s is %s', (name, expected) => {
    expect(norm(name)).toBe(expected);
  });

  it.each([
    ['COOP', 'coop'],
    ['Co-op', 'co op'],
    ['Limited', 'limited'],
    ['Inc. Ltd', 'inc ltd'],
    ['Co. Ltd', 'co ltd'],
    ['AG', 'ag'],
    ['SPA', 'spa'],
    ['PT', 'pt'],
    ['株式会社', '株式会社'],
  ])('of %s is not emptied by its legal form', (name, expected) => {
    expect(norm(name)).toBe(expected);
  });

  it.each(['', '   ', '---', '&&', '(.)'])('of %j has no word that anybody could match', (name) => {
    expect(norm(name).replaceAll(/and| /g, '')).toBe('');
  });

  it('keeps numbers, in digits and Roman', () => {
    const numerals = ['', '1', '2', '12', 'II', 'III', 'IV', 'VI', 'VII', 'VIII', 'IX', 'XI', 'XII'];
    expect(new Set(numerals.map((numeral) => norm(`Apollo Fund ${numeral}`))).size).toBe(numerals.length);
  });

  it('does not depend on case, spaces or full stops, and normalises to itself', () => {
    const word = fc.constantFrom(
      'Acme',
      'Zoë',
      'Ltd.',
      'GmbH',
      'S.A.',
      '&',
      'Co.',
      'Müller',
      '3M',
      'of',
      'Inc',
      'K.K.',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
        const name = words.join(' ');
        expect(norm(name.toUpperCase())).toBe(norm(name.toLowerCase()));
        expect(norm(`  ${words.join('   ')} `)).toBe(norm(name));
        expect(norm(norm(name))).toBe(norm(name));
        expect(norm(name)).not.toBe('');
      }),
    );
  });

  it('is ASCII for any name in Latin, Cyrillic and Greek letters', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'aZéßŁøđıŞçñÅжЩяїλΩςά1 .'), minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(letters, (name) => {
        for (const token of nameTokens(name)) expect(token).toMatch(/^[a-z0-9]+$/);
      }),
    );
  });
});

describe('the core', () => {
  it.each([
    ['Acme Germany GmbH', 'acme'],
    ['Acme (Deutschland) GmbH', 'acme'],
    ['Acme GmbH Germany', 'acme'],
    ['Acme United Kingdom', 'acme'],
    ['The Acme Group Holdings Ltd', 'acme'],
    ['Acme International North America Inc.', 'acme'],
    ['Kowalski Walnut Logistics (United States) LLC', 'kowalski walnut logistics'],
  ])('of %s is %s', (name, expected) => {
    expect(core(name)).toBe(expected);
  });

  it.each([
    ['Deutsche Bank AG', 'deutsche bank'],
    ['Bank of America', 'bank of america'],
    ['Air France', 'air france'],
    ['American Airlines Group', 'american airlines'],
    ['Global Services Ltd', 'global services'],
    ['Germany GmbH', 'germany'],
  ])('of %s keeps what nothing of its own would be left without: %s', (name, expected) => {
    expect(core(name)).toBe(expected);
  });

  it.each([
    ['consulting group', []],
    ['global services', []],
    ['germany', []],
    ['american airlines', ['american']],
    ['kowalski walnut logistics', ['kowalski', 'walnut']],
  ])('of %s has these words of its own: %j', (name, expected) => {
    expect(shippedNames.distinctive(name.split(' '))).toEqual(expected);
  });
});
