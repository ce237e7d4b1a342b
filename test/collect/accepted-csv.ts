type Row = readonly [id: string, text: string | null];

export interface AcceptedFile {
  readonly name: string;
  readonly body: string | Uint8Array;
  /** The expected `id` and `text` of every record. */
  readonly rows: readonly Row[];
  /** The line on which each begins, where that is not the next one. */
  readonly lines?: readonly number[] | undefined;
}

const header = 'id,text\n';
/** Not too regular: repeated letters would unpack to more than the limits allow. */
const long = Array.from({ length: 1_048_576 }, (_, index) => (((index * index) % 7_919) % 36).toString(36)).join('');

type Case = readonly [name: string, body: string, rows: readonly Row[], lines?: readonly number[]];

const cases: readonly Case[] = [
  ['simple.csv', `${header}1,one\n`, [['1', 'one']], [2]],
  ['comma-in-quotes.csv', `${header}1,"one, two"\n`, [['1', 'one, two']]],
  [
    'empty.csv',
    `${header}1,\n2,""\n`,
    [
      ['1', null],
      ['2', null],
    ],
  ],
  [
    'empty-crlf.csv',
    `${header}1,""\n2,""\n`.replaceAll('\n', '\r\n'),
    [
      ['1', null],
      ['2', null],
    ],
  ],
  [
    'escaped-quotes.csv',
    `${header}1,"ha ""ha"" ha"\n2,""""\n`,
    [
      ['1', 'ha "ha" ha'],
      ['2', '"'],
    ],
  ],
  [
    'json.csv',
    `${header}1,"{""type"": ""Point"", ""coordinates"": [102.0, 0.5]}"\n`,
    [['1', '{"type": "Point", "coordinates": [102.0, 0.5]}']],
  ],
  [
    'newlines.csv',
    `${header}1,"Once upon \na time"\n2,5\n"3","\n\n"\n4,end\n`,
    [
      ['1', 'Once upon \na time'],
      ['2', '5'],
      ['3', '\n\n'],
      ['4', 'end'],
    ],
    [2, 4, 5, 8],
  ],
  [
    'newlines-crlf.csv',
    'id,text\r\n1,"Once upon \r\na time"\r\n2,5\r\n',
    [
      ['1', 'Once upon \r\na time'],
      ['2', '5'],
    ],
    [2, 4],
  ],
  [
    'quotes-and-newlines.csv',
    `${header}1,"""Ahoy""\n\n, said"" he"\n2,b\n`,
    [
      ['1', '"Ahoy"\n\n, said" he'],
      ['2', 'b'],
    ],
    [2, 5],
  ],
  [
    'returns-in-quotes.csv',
    `${header}1,"a\rb"\n2,"\r\r"\n`,
    [
      ['1', 'a\rb'],
      ['2', '\r\r'],
    ],
    [2, 3],
  ],
  [
    'utf-8.csv',
    `${header}1,ʤ\n2,日本 \u{1F600} é e\u0301\n`,
    [
      ['1', 'ʤ'],
      ['2', '日本 \u{1F600} é e\u0301'],
    ],
  ],
  ['location-coordinates.csv', `${header}1,"48°29'30""N, 123°20'23""W"\n`, [['1', `48°29'30"N, 123°20'23"W`]]],
  ['byte-order-mark.csv', `\ufeff${header}1,one\n`, [['1', 'one']], [2]],
  ['byte-order-mark-before-quotes.csv', '\ufeff"id","text"\n1,one\n', [['1', 'one']]],
  [
    'no-newline-at-end.csv',
    `${header}1,one\n2,two`,
    [
      ['1', 'one'],
      ['2', 'two'],
    ],
  ],
  ['no-newline-behind-quotes.csv', `${header}1,"one"`, [['1', 'one']]],
  [
    'no-newline-behind-delimiter.csv',
    `${header}1,one\n2,`,
    [
      ['1', 'one'],
      ['2', null],
    ],
  ],
  [
    'crlf.csv',
    'id,text\r\n1,one\r\n2,two\r\n',
    [
      ['1', 'one'],
      ['2', 'two'],
    ],
    [2, 3],
  ],
  [
    'mixed-line-ends.csv',
    'id,text\n1,one\r\n2,"two\r\nthree"\n3,x\r\n',
    [
      ['1', 'one'],
      ['2', 'two\r\nthree'],
      ['3', 'x'],
    ],
    [2, 3, 5],
  ],
  [
    'mixed-line-ends-crlf-first.csv',
    'id,text\r\n1,one\n2,two\r\n',
    [
      ['1', 'one'],
      ['2', 'two'],
    ],
    [2, 3],
  ],
  [
    'blank-lines.csv',
    `${header}\n1,one\n\n\n2,two\n\n`,
    [
      ['1', 'one'],
      ['2', 'two'],
    ],
    [3, 6],
  ],
  [
    'blank-lines-crlf.csv',
    `${header}\n1,one\n\n2,two\n`.replaceAll('\n', '\r\n'),
    [
      ['1', 'one'],
      ['2', 'two'],
    ],
    [3, 5],
  ],
  ['header-in-quotes.csv', '"id","text"\n1,one\n', [['1', 'one']], [2]],
  ['header-of-two-lines.csv', 'id,text,"two\nlines"\n1,one,x\n', [['1', 'one']], [3]],
  ['header-in-other-order-and-case.csv', ' Text ,ID\none,1\n', [['1', 'one']]],
  ['header-with-other-columns.csv', 'other,text,id,"a ""b"""\nx,one,1,y\n', [['1', 'one']]],
  [
    'only-the-mandatory-column.csv',
    'id\n1\n2\n',
    [
      ['1', null],
      ['2', null],
    ],
    [2, 3],
  ],
  [
    'words-for-nothing.csv',
    `${header}1,NULL\n2,null\n3,NA\n4,\\N\n5,None\n6,nan\n7,undefined\n`,
    [
      ['1', 'NULL'],
      ['2', 'null'],
      ['3', 'NA'],
      ['4', '\\N'],
      ['5', 'None'],
      ['6', 'nan'],
      ['7', 'undefined'],
    ],
  ],
  [
    'number-signs.csv',
    `${header}#1,# no comment\n2,#\n`,
    [
      ['#1', '# no comment'],
      ['2', '#'],
    ],
  ],
  [
    'apostrophes-and-backslashes.csv',
    `${header}1,it's\n2,'a'\n3,a\\nb\n4,\\"\n`.replace('\\"', '\\'),
    [
      ['1', "it's"],
      ['2', "'a'"],
      ['3', 'a\\nb'],
      ['4', '\\'],
    ],
  ],
  [
    'outer-spaces.csv',
    `${header} 1 , one \n2,\t\n`,
    [
      ['1', ' one '],
      ['2', '\t'],
    ],
  ],
  ['control-characters.csv', `${header}1,a\u0001\u001a\u001bb\u007f\n`, [['1', 'a\u0001\u001a\u001bb\u007f']]],
  [
    'line-separators.csv',
    `${header}1,a\u2028b\u2029c\u0085d\u000be\u000c\n`,
    [['1', 'a\u2028b\u2029c\u0085d\u000be\u000c']],
    [2],
  ],
  [
    'longest-field.csv',
    `${header}1,${long}\n2,"${long.slice(2)}"\n`,
    [
      ['1', long],
      ['2', long.slice(2)],
    ],
    [2, 3],
  ],
  ['most-columns.csv', `${columns(1_000, 'c')}\n${columns(1_000, 'v')}\n`, [['v0', 'v1']]],
];

/** What RFC 4180 allows and producers write, in the spirit of csv-spectrum; for dataset `note`. */
export const acceptedCsv: readonly AcceptedFile[] = cases.map(([name, body, rows, lines]) => ({
  name,
  body,
  rows,
  lines,
}));

function columns(count: number, letter: string): string {
  const names = Array.from({ length: count }, (_, index) => `${letter}${index}`);
  return (letter === 'c' ? ['id', 'text', ...names.slice(2)] : names).join(',');
}
