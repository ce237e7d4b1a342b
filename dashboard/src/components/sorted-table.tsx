import { useAddress } from '../address.ts';
import type { Column } from './columns.ts';
import { ScrollArea } from './scroll-area.tsx';
import { TableRow } from './simple-table.tsx';
import { SortHeading } from './sort-heading.tsx';

export interface SortedColumn<Row> extends Omit<Column<Row>, 'isSortable'> {
  /** What rows are ordered by; unknown ones come last. A column without it does not sort. */
  readonly sortBy?: (row: Row) => string | number | null;
}

interface SortedTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly SortedColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Order unless the address has another one: `name` or `-name`; unless told that of `rows`. */
  readonly defaultSort?: string;
  readonly prefix?: string;
}

/** All rows of a list at hand, sorted here; the order lives in the address. */
export function SortedTable<Row>({ caption, columns, rows, rowKey, defaultSort, prefix = '' }: SortedTableProps<Row>) {
  const { values, set } = useAddress();
  const sort = values[`${prefix}sort`] || defaultSort;
  return (
    <ScrollArea label={caption}>
      <table className="w-full border-collapse">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-xs text-muted">
            {columns.map(({ sortBy, ...column }) => (
              <SortHeading
                key={column.name}
                column={{ ...column, isSortable: sortBy !== undefined }}
                sort={sort}
                onSort={(next) => set({ [`${prefix}sort`]: next })}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted(rows, columns, sort).map((row) => (
            <TableRow key={rowKey(row)} columns={columns} row={row} />
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

function sorted<Row>(
  rows: readonly Row[],
  columns: readonly SortedColumn<Row>[],
  sort: string | undefined,
): readonly Row[] {
  const by = columns.find(({ name }) => name === sort?.replace(/^-/, ''))?.sortBy;
  if (by === undefined) return rows;
  const direction = sort?.startsWith('-') === true ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [by(one), by(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return a === b ? 0 : direction * (a < b ? -1 : 1);
  });
}
