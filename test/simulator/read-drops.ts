import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Every file below a folder: its path there, bytes and modification time, in the order of paths. */
export function listFiles(folder: string): { path: string; bytes: Buffer; modified: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
    .map((path) => ({
      path,
      bytes: readFileSync(join(folder, path)),
      modified: statSync(join(folder, path)).mtime.toISOString(),
    }));
}

export function dropText(folder: string, path: string): string {
  const bytes = readFileSync(join(folder, path));
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** RFC 4180, character by character and as strict as it gets; knows nothing of how the generator writes. */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let position = 0;
  while (position < text.length) {
    const field = text[position] === '"' ? quotedField(text, position) : plainField(text, position);
    record.push(field.value);
    const after = text[field.end];
    if (after !== ',' && after !== '\n') throw new Error(`expected , or line end at ${field.end}, got ${after}`);
    if (after === '\n') {
      records.push(record);
      record = [];
    }
    position = field.end + 1;
  }
  return records;
}

function plainField(text: string, start: number): { value: string; end: number } {
  let end = start;
  while (end < text.length && text[end] !== ',' && text[end] !== '\n') end++;
  return { value: text.slice(start, end), end };
}

function quotedField(text: string, start: number): { value: string; end: number } {
  let value = '';
  let end = start + 1;
  for (; text[end] !== '"' || text[end + 1] === '"'; end++) {
    if (end >= text.length) throw new Error(`the quote at ${start} never closes`);
    if (text[end] === '"') end++;
    value += text[end];
  }
  return { value, end: end + 1 };
}

export type Row = Record<string, string>;

/** The records of a file by column name; throws where a record has too few or too many fields. */
export function dropRows(folder: string, path: string): Row[] {
  const [header = [], ...records] = parseCsv(dropText(folder, path));
  return records.map((record) => {
    if (record.length !== header.length) throw new Error(`${basename(path)}: ${record.length} fields: ${record}`);
    return Object.fromEntries(header.map((name, index) => [name, record[index] ?? '']));
  });
}

/** All rows of a dataset's readable files, in file order. */
export function datasetRows(folder: string, dataset: string): Row[] {
  const paths = readdirSync(join(folder, 'landing', dataset)).sort();
  return paths.flatMap((name) => dropRows(folder, join('landing', dataset, name)));
}

export function cents(text: string | undefined): number {
  const match = /^(-?)(\d+)\.(\d\d)$/.exec(text ?? '');
  if (match === null) return Number.NaN;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 100 + Number(match[3]));
}
