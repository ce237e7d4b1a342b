export interface CsvWriting {
  readonly delimiter: string;
  readonly quote: string;
}

/**
 * All records of a well-formed CSV text, the header first: an independent, slow reader in three regular expressions. Blank lines are
 * records in files of one column only.
 */
export function parseCsv(text: string, { delimiter, quote }: CsvWriting): string[][] {
  const q = quote.replaceAll(/[\\^$|*+?.()[\]{}-]/g, '\\$&');
  const d = delimiter.replaceAll(/[\\^$|*+?.()[\]{}-]/g, '\\$&');
  const field = new RegExp(`${q}((?:[^${q}]|${q}${q})*)${q}|([^${q}${d}\\r\\n]*)`, 'y');
  const end = new RegExp(`${d}|\\r?\\n|$`, 'y');
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  let lineStart = 0;
  while (at < text.length || record.length > 0) {
    field.lastIndex = at;
    const match = field.exec(text);
    record.push(match?.[1]?.replaceAll(quote + quote, quote) ?? match?.[2] ?? '');
    end.lastIndex = field.lastIndex;
    const separator = end.exec(text)?.[0];
    if (separator === undefined) throw new Error(`No field ends at ${field.lastIndex}.`);
    const isBlank = field.lastIndex === lineStart;
    at = field.lastIndex + separator.length;
    if (separator === delimiter) continue;
    if (!isBlank || records[0]?.length === 1) records.push(record);
    record = [];
    lineStart = at;
  }
  return records;
}
