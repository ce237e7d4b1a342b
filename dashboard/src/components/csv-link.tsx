import { Download } from 'lucide-react';
import { type MouseEvent, useState } from 'react';
import { apiAddress, getBlob, type Query } from '../api/client.ts';
import { hasToken } from '../api/session.ts';
import { csvFileName } from '../format/csv-file-name.ts';
import { saveCsv } from '../save-file.ts';
import { buttonClass } from './button.tsx';

interface CsvLinkProps {
  readonly path: string;
  /** Filters and sort; all rows that match come, whatever page is shown. */
  readonly query: Query;
  /** Name of the file. */
  readonly name: string;
}

/** All rows as a file. Cells that a spreadsheet would run as formulas are made safe by the API. */
export function CsvLink({ path, query, name }: CsvLinkProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const address = apiAddress(path, { ...query, format: 'csv' });
  // A link carries no token; without one the browser writes the file as it comes.
  const fetchFile = async (event: MouseEvent) => {
    if (!hasToken()) return;
    event.preventDefault();
    setProblem(null);
    try {
      saveCsv(await getBlob(address), name);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The file did not come.');
    }
  };
  return (
    <>
      {problem === null ? null : (
        <span role="alert" className="text-bad">
          {problem}
        </span>
      )}
      <a
        href={address}
        download={csvFileName(name)}
        onClick={(event) => void fetchFile(event)}
        className={buttonClass()}
      >
        <Download aria-hidden="true" className="size-4" />
        CSV
        <span className="sr-only">of all {name} that match</span>
      </a>
    </>
  );
}
