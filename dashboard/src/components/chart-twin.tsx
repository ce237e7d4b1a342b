import { type ReactNode, useId, useState } from 'react';
import { Button } from './button.tsx';
import type { Column } from './columns.ts';
import { RowsCsv } from './rows-csv.tsx';
import { SimpleTable } from './simple-table.tsx';

interface ChartTwinProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** The chart of the same figures. */
  readonly children: ReactNode;
}

/** A chart and the table of its figures; the reader chooses. */
export function ChartTwin<Row extends object>({ children, ...table }: ChartTwinProps<Row>) {
  const [isTable, setTable] = useState(false);
  const id = useId();
  return (
    <figure>
      <div id={id}>{isTable ? <SimpleTable {...table} /> : children}</div>
      <figcaption className="mt-1 flex justify-end gap-2">
        {isTable ? <RowsCsv rows={table.rows} name={table.caption} /> : null}
        <Button look="bare" aria-pressed={isTable} aria-controls={id} onClick={() => setTable(!isTable)}>
          Show as table
        </Button>
      </figcaption>
    </figure>
  );
}
