import { Download } from 'lucide-react';
import { rowsAsCsv } from '../format/rows-as-csv.ts';
import { saveCsv } from '../save-file.ts';
import { buttonClass } from './button.tsx';

interface RowsCsvProps {
  /** Nothing is offered while there are none. */
  readonly rows: readonly object[] | undefined;
  /** Name of the file. */
  readonly name: string;
}

/** The rows that came with a page as a file; lists of the API have CsvLink. */
export function RowsCsv({ rows, name }: RowsCsvProps) {
  if (rows === undefined || rows.length === 0) return null;
  const write = () => saveCsv(new Blob([rowsAsCsv(rows)], { type: 'text/csv' }), name);
  return (
    <button type="button" onClick={write} className={buttonClass()}>
      <Download aria-hidden="true" className="size-4" />
      CSV
      <span className="sr-only">of {name}</span>
    </button>
  );
}
