import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import { type Column, cellClass } from './columns.ts';
import { Definition } from './definition.tsx';
import { rowNameShape } from './simple-table.tsx';
import { Tip, type TipTrigger } from './tip.tsx';

interface SortHeadingProps<Row> {
  readonly column: Column<Row>;
  /** The order of the list, `name` or `-name`. */
  readonly sort: string | undefined;
  readonly onSort: (sort: string) => void;
}

/** A column's heading: sorts where it can, figures greatest first, and tells its definition. */
export function SortHeading<Row>({ column, sort, onSort }: SortHeadingProps<Row>) {
  const { name, title, definition, isSortable, isFigure, isRowName } = column;
  const direction = sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : undefined;
  const shape = `${cellClass(column)} font-medium whitespace-nowrap ${isRowName === true ? rowNameShape : ''}`;
  if (isSortable !== true) {
    return (
      <th scope="col" className={shape}>
        {definition === undefined ? title : <Definition text={definition}>{title}</Definition>}
      </th>
    );
  }
  const first = isFigure === true ? `-${name}` : name;
  const other = isFigure === true ? name : `-${name}`;
  const Icon = direction === 'ascending' ? ArrowUp : direction === 'descending' ? ArrowDown : ArrowUpDown;
  const button = (trigger?: TipTrigger) => (
    <button
      type="button"
      {...trigger}
      onClick={() => onSort(sort === first ? other : first)}
      className={`inline-flex items-center gap-0.5 rounded-xs hover:text-ink ${direction === undefined ? '' : 'text-ink'} ${
        isFigure === true ? 'flex-row-reverse' : ''
      }`}
    >
      <span
        className={definition === undefined ? '' : 'underline decoration-edge decoration-dotted underline-offset-3'}
      >
        {title}
      </span>
      <Icon aria-hidden="true" className={`size-3 print:hidden ${direction === undefined ? 'opacity-50' : ''}`} />
    </button>
  );
  return (
    <th scope="col" aria-sort={direction ?? 'none'} className={shape}>
      {definition === undefined ? button() : <Tip text={definition}>{button}</Tip>}
    </th>
  );
}
