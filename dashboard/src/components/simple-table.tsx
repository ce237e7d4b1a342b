import { type Column, cellClass } from './columns.ts';
import { Definition } from './definition.tsx';
import { ScrollArea } from './scroll-area.tsx';

interface SimpleTableProps<Row> {
  /** Read out before the table. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
}

/** All rows of a short list; for longer ones there is DataTable. */
export function SimpleTable<Row>({ caption, columns, rows, rowKey }: SimpleTableProps<Row>) {
  return (
    <ScrollArea label={`Table: ${caption}`}>
      <table className="w-full border-collapse">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-xs text-muted">
            {columns.map(({ name, title, definition, ...column }) => (
              <th key={name} scope="col" className={`${cellClass(column)} font-medium whitespace-nowrap`}>
                {definition === undefined ? title : <Definition text={definition}>{title}</Definition>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <TableRow key={rowKey(row)} columns={columns} row={row} />
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

/** What names the row stays in sight while the rest of a wide table scrolls under it. */
export const rowNameShape = 'bg-surface sm:sticky sm:left-0 sm:z-1 print:static';

export function TableRow<Row>({ columns, row }: { readonly columns: readonly Column<Row>[]; readonly row: Row }) {
  return (
    <tr className="group border-b border-line last:border-b-0 hover:bg-sunken">
      {columns.map(({ name, isRowName, cell, className = '', ...column }) =>
        isRowName === true ? (
          <th
            key={name}
            scope="row"
            className={`${cellClass(column)} ${rowNameShape} max-w-72 font-medium break-words group-hover:bg-sunken ${className}`}
          >
            {cell(row)}
          </th>
        ) : (
          <td key={name} className={`${cellClass(column)} ${className}`}>
            {cell(row)}
          </td>
        ),
      )}
    </tr>
  );
}
