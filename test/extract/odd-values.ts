/** Texts that readers of CSV and JSON are known to damage, by what is odd about them. */
export const oddTexts: Readonly<Record<string, string>> = {
  quotes: 'say "yes", or ""no""',
  quote: '"',
  comma: ',,',
  lineFeed: 'one\ntwo\n',
  crLf: '\r\none\r\n\r\ntwo\r\n',
  carriageReturn: 'one\rtwo\r',
  quotedLine: '"\r\n"\n"',
  nul: 'nul\0byte',
  onlyNul: '\0',
  emoji: '👩‍👩‍👧 and 🇨🇭',
  separators: 'line\u2028paragraph\u2029end',
  byteOrderMark: '\uFEFFfirst',
  control: 'tab\tescape\u001B unit\u001F delete\u007F',
  backslash: 'C:\\new\\table \\" \\u0041',
  composed: 'Å and A\u030A',
  longest: '\u{1F600}"'.repeat(131_072 / 3).padEnd(131_072, 'ü'),
  notAvailable: 'NA',
  null: 'null',
  capitalNull: 'NULL',
  none: '#N/A',
  leadingZero: '01234',
  exponent: '1e5',
  infinity: 'Infinity',
  spaces: '  inner  and outer  ',
  onlySpace: ' ',
  noBreakSpace: '\u00A0x\u00A0',
  formula: '=1+1',
  time: '2025-01-01T00:00:00.000+0000',
  true: 'true',
};

/** 15-character Ids that differ in case only. */
export const shortIds = ['001Ec00000AbCdE', '001Ec00000aBcDe', '001EC00000ABCDE', '001ec00000abcde'];

/** Amounts as the org has them -> the texts in which Salesforce writes them. */
export const oddAmounts: Readonly<Record<string, string>> = {
  '0.00': '0.0',
  '0.01': '0.01',
  '-0.10': '-0.1',
  '1234.50': '1234.5',
  '9999999.99': '9999999.99',
  '10000000.00': '1.0E7',
  '139000000.00': '1.39E8',
  '-12345678.91': '-1.234567891E7',
  '9999999999999.99': '9.99999999999999E12',
};

/** Dates and times far from today: LastActivityDate and CreatedDate. */
export const oddTimes: readonly (readonly [string, string])[] = [
  ['1969-12-31', '1969-12-31T23:59:59.999Z'],
  ['1900-02-28', '1912-06-23T00:00:00.001Z'],
  ['1700-01-01', '1700-01-01T12:00:00.000Z'],
  ['4000-12-31', '4000-12-31T23:59:59.000Z'],
];
