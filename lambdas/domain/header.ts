import { sourceColumns } from './dataset-expression.ts';
import { type Dataset, sourceNames } from './dataset.ts';
import { type FileReasonCode, fileReason, type LocatedReason } from './reasons.ts';

/** How a file's columns fill a contract's columns. */
export interface HeaderMatch {
  /** The file's column names, in the file's order. */
  readonly header: readonly string[];
  /** Contract column -> index in the header. Optional columns that are absent are left out. */
  readonly positions: Readonly<Record<string, number>>;
  /** Indexes of columns that the contract does not read; kept in `additional_columns`. */
  readonly extra: readonly number[];
}

/** Column names are compared in this form: without outer spaces, case, and how accents are composed. */
export function foldName(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}

/**
 * Matches a file's header with its contract. Order does not matter; extra columns are kept; a missing mandatory column, a
 * repeated and an unnamed column reject the file.
 */
export function matchHeader(
  dataset: Dataset,
  header: readonly string[],
): { match: HeaderMatch; reasons: LocatedReason[] } {
  const reasons: LocatedReason[] = [];
  // In other formats names do not stand on a line of their own.
  const line = dataset.file.format === 'csv' ? 1 : undefined;
  const complain = (code: FileReasonCode, message: string) => reasons.push(fileReason(code, message, line));
  const index = new Map<string, number>();
  for (const [position, name] of header.entries()) {
    const folded = foldName(name);
    if (folded === '') {
      complain('UNNAMED_COLUMN', `Column ${position + 1} has no name; give it one, or drop it.`);
    } else if (index.has(folded)) {
      complain('DUPLICATE_COLUMN', `Column '${name.trim()}' stands twice in the file; drop or rename one.`);
    } else {
      index.set(folded, position);
    }
  }
  const positions: Record<string, number> = {};
  const used = new Set<number>();
  const missing: string[] = [];
  for (const column of dataset.columns) {
    const names = sourceNames(column);
    const found = names.map((name) => index.get(foldName(name))).find((position) => position !== undefined);
    if (found !== undefined) {
      positions[column.name] = found;
      used.add(found);
    } else if (column.mandatory && names.length > 0) missing.push(`'${names.join("' or '")}'`);
  }
  if (missing.length > 0) complain('MISSING_COLUMN', missingMessage(dataset, missing, header));
  for (const name of dataset.columns.flatMap((column) => sourceColumns(column.expression ?? ''))) {
    const position = index.get(foldName(name));
    if (position !== undefined) used.add(position);
    else complain('MISSING_COLUMN', `The column '${name}', which the contract computes with, is missing.`);
  }
  const extra = header.map((_, position) => position).filter((position) => !used.has(position));
  return { match: { header, positions, extra }, reasons };
}

/** All missing columns in one sentence; where the header is one column by this delimiter and several by another, that is the cause. */
function missingMessage({ file }: Dataset, missing: readonly string[], header: readonly string[]): string {
  const came = header.length > 30 ? `${header.slice(0, 30).join(', ')}, …` : header.join(', ');
  const what = missing.length === 1 ? 'column' : 'columns';
  const message = `The mandatory ${what} ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing; the file has: ${came}.`;
  const [only = '', ...others] = header;
  const delimiter = [';', '\t', '|', ','].find((one) => one !== file.delimiter && only.includes(one));
  if (file.format !== 'csv' || others.length > 0 || delimiter === undefined) {
    return `${message} Add the ${what} and drop the file again.`;
  }
  return `${message} It seems to be delimited by ${JSON.stringify(delimiter)}: export it with ${JSON.stringify(file.delimiter)}, or set "delimiter" in its contract.`;
}

/** Files with equal signatures can be loaded by one statement. */
export function matchSignature(match: HeaderMatch): string {
  return JSON.stringify(match.header);
}
