import type { Dataset } from '../domain/dataset.ts';
import { maxRecordBytes } from '../domain/structure.ts';
import { literal } from '../domain/sql-text.ts';

/**
 * Options of `read_csv([paths], …)` under which DuckDB reads a file that CsvStructure accepts exactly as RFC 4180 says, every value
 * as text in the columns r0, r1 …, an empty one as null. test/adapters/csv-agreement.test.ts holds the two together.
 *
 * Measured with DuckDB 1.5.5:
 * - `parallel = false`: the parallel reader guesses where records begin in the middle of a file. It fails for multi-line values
 *   beyond 8 MB, has invalidated the whole database, and with small buffers miscounted even files without any quote. Several files
 *   in one call are still read at the same time, in the order given.
 * - `strict_mode = true`: without it, surplus fields and open quotes load silently. With it, one empty field too many still does,
 *   ` "x"` becomes x, and a last record with an open quote is dropped without an error, so the structure is checked before.
 * - `new_line` stays unset: a wrong value makes a file empty, without an error. Unset, it is found in each file, but from the first
 *   CR or LF, even inside of a quoted name. Mixed line ends fail. CRLF with blank lines gives false values where a buffer ends
 *   between CR and LF. Behind a byte order mark, a quoted name of several lines is cut. Such files get a copy with LF.
 * - `max_line_size` includes the line end and does not hold for the header; the buffer must have room for two lines. `#` begins no
 *   comment, `NULL` is text, blank lines are records in files of one column and nothing in others.
 * - `compression` and `hive_partitioning` would otherwise follow from the file's name and folders; a `*` in a path is always a
 *   pattern, so such a file is read through a link.
 */
export function csvReadOptions(
  file: Pick<Dataset['file'], 'delimiter' | 'quote' | 'max_field_bytes'>,
  columnCount: number,
): string {
  // The margin is for line ends and what DuckDB counts besides.
  const lineBytes = maxRecordBytes(file) + 65_536;
  const columns = Array.from({ length: columnCount }, (_, index) => `'r${index}': 'VARCHAR'`);
  return [
    `auto_detect = false, header = true, delim = ${literal(file.delimiter)}`,
    `quote = ${literal(file.quote)}, escape = ${literal(file.quote)}`,
    `nullstr = '', allow_quoted_nulls = true, strict_mode = true, parallel = false`,
    `compression = 'none', hive_partitioning = false`,
    `max_line_size = ${lineBytes}, buffer_size = ${2 * lineBytes}`,
    `columns = {${columns.join(', ')}}`,
  ].join(', ');
}
