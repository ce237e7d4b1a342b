import { gzipSync } from 'node:zlib';
import type { RefusedFile } from './refused-file.ts';

const good = '{"id":"1","text":"one"}\n';
const fieldLimit = 1_048_576;

/** Files that dataset `note_line` (JSON Lines) must refuse. */
export const refusedJsonLines: readonly RefusedFile[] = [
  ['broken-line.jsonl', `${good}{"id":"2","text":"tw\n${good}`, 'INVALID_JSON', 2],
  ['two-objects-on-a-line.jsonl', `${good}{"id":"2"} {"id":"3"}\n`, 'INVALID_JSON', 2],
  ['trailing-comma.jsonl', '{"id":"1",}\n', 'INVALID_JSON', 1],
  ['array-line.jsonl', `${good}\n["2","two"]\n`, 'INVALID_JSON', 3],
  ['one-array.jsonl', '[{"id":"1"},\n{"id":"2"}]\n', 'INVALID_JSON', 1],
  ['pretty-printed.jsonl', '{\n  "id": "1"\n}\n', 'INVALID_JSON', 1],
  ['number-line.jsonl', `${good}42\n`, 'INVALID_JSON', 2],
  ['string-line.jsonl', `${good}"text"\n`, 'INVALID_JSON', 2],
  ['null-line.jsonl', `null\n`, 'INVALID_JSON', 1],
  ['not-a-number.jsonl', '{"id":NaN}\n', 'INVALID_JSON', 1],
  ['key-twice.jsonl', '{"id":"1","id":"2"}\n', 'INVALID_JSON', 1],
  ['half-surrogate.jsonl', '{"id":"\\ud800"}\n', 'INVALID_JSON', 1],
  ['escaped-nul.jsonl', '{"id":"a\\u0000b"}\n', 'INVALID_JSON', 1],
  ['too-many-digits.jsonl', '{"id":0.12345678901234567890123}\n', 'INVALID_JSON', 1],
  ['too-many-levels.jsonl', `{"id":${'['.repeat(200)}${']'.repeat(200)}}\n`, 'INVALID_JSON', 1],
  ['nul.jsonl', '{"id":"1"}\n\0\n', 'NUL_BYTE', 2],
  ['latin-1.jsonl', Buffer.from('{"id":"\xe9"}\n', 'latin1'), 'WRONG_ENCODING', 1],
  ['utf-16.jsonl', Buffer.from(`\ufeff${good}`, 'utf16le'), 'WRONG_ENCODING', 1],
  ['long-field.jsonl', `{"id":"1","text":"${'x'.repeat(fieldLimit + 1)}"}\n`, 'FIELD_TOO_LONG', 1],
  ['empty.jsonl', '', 'EMPTY_FILE'],
  ['only-blank-lines.jsonl', '\n  \n\t\r\n', 'EMPTY_FILE'],
  ['empty-objects.jsonl', '{}\n{}\n', 'MISSING_COLUMN'],
  ['missing-key.jsonl', '{"text":"one"}\n', 'MISSING_COLUMN'],
  ['empty-key.jsonl', '{"id":"1","":"x"}\n', 'UNNAMED_COLUMN'],
  ['key-in-two-cases.jsonl', '{"id":"1","ID":"2"}\n', 'DUPLICATE_COLUMN'],
  ['too-many-keys.jsonl', `${JSON.stringify(Object.fromEntries(keys(1_001)))}\n`, 'TOO_MANY_COLUMNS', 1],
  ['csv.jsonl', 'id,text\n1,one\n', 'INVALID_JSON', 1],
  ['plain.jsonl.gz', good, 'WRONG_FORMAT'],
  ['truncated.jsonl.gz', gzipSync(good.repeat(20)).subarray(0, 30), 'CORRUPT_GZIP'],
];

function keys(count: number): [string, number][] {
  return Array.from({ length: count }, (_, index) => [index === 0 ? 'id' : `k${index}`, index]);
}
