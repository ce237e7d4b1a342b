/** Name, content, and `id`, `text` and `additional_columns` of every record, for a dataset of JSON Lines. */
export type AcceptedLines = readonly [
  name: string,
  body: string,
  rows: readonly (readonly [id: string, text: string | null, more: string | null])[],
];

const oddNames = ['a b', 'a.b', '$.a', 'a/b', '~1', 'a"b', "a'b", 'a[0]', '*', '__proto__', 'constructor', '\u00e9'];

/** What JSON allows and other readers stumble over. */
export const acceptedJsonLines: readonly AcceptedLines[] = [
  ['no-newline.jsonl', '{"id":"1","text":"one"}', [['1', 'one', null]]],
  [
    'mark-and-blank-lines.jsonl',
    '\ufeff\n{"id":"1"}\r\n \t\r\n{"id":"2"}\n\n',
    [
      ['1', null, null],
      ['2', null, null],
    ],
  ],
  ['spaces.jsonl', ' {\t"id" : "1" , "text":"a" }  \n', [['1', 'a', null]]],
  [
    'escapes.jsonl',
    '{"id":"1","text":"\\u00e9\\ud83d\\ude00\\n\\t\\"\\\\\\/\\b\\f"}\n',
    [['1', '\u00e9\u{1F600}\n\t"\\/\b\f', null]],
  ],
  ['escaped-names.jsonl', '{"\\u0069d":"1","te\\u0078t":"x"}\n', [['1', 'x', null]]],
  [
    'nulls-and-absent-keys.jsonl',
    '{"id":"1","text":null}\n{"text":"","id":"2"}\n{"id":"3","more":null}\n',
    [
      ['1', null, '{"more":null}'],
      ['2', null, '{"more":null}'],
      ['3', null, '{"more":null}'],
    ],
  ],
  [
    'other-types.jsonl',
    '{"id":1,"text":true}\n{"id":2,"text":{"a":[1,"x"]}}\n{"id":3,"text":[]}\n{"id":4,"text":-0.5}\n',
    [
      ['1', 'true', null],
      ['2', '{"a":[1,"x"]}', null],
      ['3', '[]', null],
      ['4', '-0.5', null],
    ],
  ],
  [
    'long-integers.jsonl',
    '{"id":18446744073709551616,"text":-123456789012345678901234567890}\n',
    [['18446744073709551616', '-123456789012345678901234567890', null]],
  ],
  ['words-for-nothing.jsonl', '{"id":"null","text":"NULL"}\n', [['null', 'NULL', null]]],
  [
    'odd-names.jsonl',
    `{"id":"1",${oddNames.map((name) => `${JSON.stringify(name)}:${JSON.stringify(name)}`).join(',')}}\n`,
    [['1', null, JSON.stringify(Object.fromEntries(oddNames.map((name) => [name, name])))]],
  ],
  ['numbers-as-names.jsonl', '{"id":"1","0":"zero","1":"one"}\n', [['1', null, '{"0":"zero","1":"one"}']]],
  [
    'same-keys-in-levels.jsonl',
    '{"id":"1","more":{"id":"2","more":{"id":"3"}}}\n',
    [['1', null, '{"more":"{\\"id\\":\\"2\\",\\"more\\":{\\"id\\":\\"3\\"}}"}']],
  ],
];
