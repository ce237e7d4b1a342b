import { useAddress } from '../address.ts';
import { useApi } from '../api/use-api.ts';
import { formatRows } from '../format/figures.ts';
import { Button } from './button.tsx';
import type { Filter } from './columns.ts';
import { CsvLink } from './csv-link.tsx';
import { EmptyState } from './empty-state.tsx';
import { QueryContent } from './panel.tsx';
import { type SortedColumn, SortedTable } from './sorted-table.tsx';
import { TableFilters } from './table-filters.tsx';

interface WholeListProps<Row> {
  readonly noun: string;
  /** An endpoint that answers all rows at once; the filters go to it by their names in the address. */
  readonly path: string;
  readonly columns: readonly SortedColumn<Row>[];
  readonly rowKey: (row: Row) => string;
  /** Each with its options: such an endpoint has no facets. */
  readonly filters?: readonly Filter[];
  readonly hasSearch?: boolean;
  readonly defaultSort?: string;
  readonly emptyReason: string;
}

/** A list that comes whole: filtered by the API, sorted here, all of it in the address; as CSV too. */
export function WholeList<Row>(props: WholeListProps<Row>) {
  const { noun, path, columns, rowKey, filters = [], hasSearch = false, defaultSort, emptyReason } = props;
  const { values, set } = useAddress();
  const names = [...(hasSearch ? ['q'] : []), ...filters.map(({ name }) => name)];
  const chosen = Object.fromEntries(
    names.map((name) => [name, values[name] ?? '']).filter(([, value]) => value !== ''),
  );
  const answer = useApi<{ data: readonly Row[] }>(path, chosen, { keepsPrevious: true });
  const clear = () => set(Object.fromEntries(names.map((name) => [name, null])));
  const isFiltered = Object.keys(chosen).length > 0;
  return (
    <div>
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2 border-b border-line px-4 py-3">
        <TableFilters
          noun={noun}
          hasSearch={hasSearch}
          filters={filters}
          chosen={chosen}
          facets={undefined}
          onChange={set}
          onClear={clear}
        />
        <div className="ml-auto flex items-center gap-3">
          <p role="status" className="text-muted tabular-nums">
            {answer.data === undefined ? '' : formatRows(answer.data.data.length, noun)}
          </p>
          <CsvLink path={path} query={chosen} name={noun} />
        </div>
      </div>
      <QueryContent query={answer} height="h-120">
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState
              title={isFiltered ? `No ${noun} match` : `No ${noun}`}
              reason={isFiltered ? 'Every filter and the search must hold at once.' : emptyReason}
              {...(isFiltered ? { action: <Button onClick={clear}>Clear search and filters</Button> } : {})}
            />
          ) : (
            <SortedTable
              caption={`Table of ${noun}`}
              columns={columns}
              rows={data}
              rowKey={rowKey}
              {...(defaultSort === undefined ? {} : { defaultSort })}
            />
          )
        }
      </QueryContent>
    </div>
  );
}
