import type { ReactNode } from 'react';

export interface Column<Row> {
  /** Stands for the column in keys; also its name for sorting, where `isSortable`. */
  readonly name: string;
  readonly title: string;
  /** What it is and how it is computed: shown on hover and focus of the heading. */
  readonly definition?: string;
  readonly isSortable?: boolean;
  /** Figures stand at the end of the cell with digits of one width. */
  readonly isFigure?: boolean;
  /** The cell that names the row; one for each table. */
  readonly isRowName?: boolean;
  /** Tailwind classes of its cells, like a least width. */
  readonly className?: string;
  readonly cell: (row: Row) => ReactNode;
}

export interface Filter {
  /** Parameter of the endpoint, and of the address. */
  readonly name: string;
  readonly label: string;
  /** Values with their titles; unless told, the endpoint's facet of `facet` (or of `name`). */
  readonly options?: readonly (readonly [value: string, title: string])[];
  readonly facet?: string;
}

export function cellClass({ isFigure }: { readonly isFigure?: boolean }): string {
  const shape = 'px-3 py-2 first:pl-4 last:pr-4';
  return isFigure === true ? `${shape} text-right tabular-nums whitespace-nowrap` : `${shape} text-left`;
}
