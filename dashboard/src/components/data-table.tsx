import type { Page, Source } from '../../../lambdas/api/contract/paging.ts';
import { useAddress } from '../address.ts';
import { useApi } from '../api/use-api.ts';
import type { Query } from '../api/client.ts';
import { formatRows } from '../format/figures.ts';
import { type Column, cellClass, type Filter } from './columns.ts';
import { CsvLink } from './csv-link.tsx';
import { EmptyState } from './empty-state.tsx';
import { Button } from './button.tsx';
import { Pager } from './pager.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { ScrollArea } from './scroll-area.tsx';
import { TableRow } from './simple-table.tsx';
import { Skeleton } from './skeleton.tsx';
import { SlowNotice } from './slow-notice.tsx';
import { SortHeading } from './sort-heading.tsx';
import { TableFilters } from './table-filters.tsx';

/** What every list of the API answers. */
export interface ListAnswer<Row> {
  readonly data: readonly Row[];
  readonly page: Page;
  readonly source: Source;
  readonly facets?: Readonly<Record<string, readonly { readonly value: string; readonly count: number }[]>> | undefined;
}

export interface DataTableProps<Row> {
  /** What the rows are, like "customers": used in the count, the search box and the caption. */
  readonly noun: string;
  /** A list endpoint; filter, sort and page go to it by their names in the address. */
  readonly path: string;
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly filters?: readonly Filter[];
  /** Whether the endpoint takes `q`. */
  readonly hasSearch?: boolean;
  /** Order unless the address has another one: `name` or `-name`. */
  readonly defaultSort?: string;
  /** Parameters that the reader cannot change. */
  readonly fixed?: Query;
  /** Why the list may be empty when nothing is filtered. */
  readonly emptyReason: string;
  /** Where a page has several tables: put before the names of the address's parameters. */
  readonly prefix?: string;
  readonly hasCsv?: boolean;
}

const pageRows = 50;
const skeletonRows = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** A list of the API: paged, sorted and filtered by the server, with all of it in the address; all rows as CSV. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const {
    noun,
    path,
    columns,
    rowKey,
    filters = [],
    hasSearch = false,
    fixed = {},
    prefix = '',
    hasCsv = true,
  } = props;
  const { values, set } = useAddress();
  const own = (name: string) => values[`${prefix}${name}`] ?? '';
  const names = [...(hasSearch ? ['q'] : []), ...filters.map(({ name }) => name)];
  const chosen = Object.fromEntries(names.map((name) => [name, own(name)]).filter(([, value]) => value !== ''));
  const sort = own('sort') || props.defaultSort;
  const query: Query = { ...fixed, ...chosen, sort };
  const needsFacets = filters.some(({ options }) => options === undefined);
  const answer = useApi<ListAnswer<Row>>(
    path,
    { ...query, limit: pageRows, cursor: own('cursor') || undefined, ...(needsFacets ? { facets: true } : {}) },
    { keepsPrevious: true },
  );
  const change = (changes: Record<string, string | null>, options?: { replace?: boolean }) =>
    set(
      Object.fromEntries(
        Object.entries({ cursor: null, ...changes }).map(([name, value]) => [`${prefix}${name}`, value]),
      ),
      options,
    );
  const clear = () => change(Object.fromEntries(names.map((name) => [name, null])));
  const { data, error, isPlaceholderData } = answer;
  return (
    <div>
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2 border-b border-line px-4 py-3">
        <TableFilters
          noun={noun}
          hasSearch={hasSearch}
          filters={filters}
          chosen={chosen}
          facets={data?.facets}
          onChange={change}
          onClear={clear}
        />
        <div className="ml-auto flex items-center gap-3">
          <p role="status" className="text-muted tabular-nums">
            {data === undefined ? '' : formatRows(data.page.total, noun)}
          </p>
          {hasCsv ? <CsvLink path={path} query={query} name={noun} /> : null}
        </div>
      </div>
      {error === null ? null : (
        <div className="p-4">
          <ProblemNotice error={error} onRetry={() => void answer.refetch()} />
          {error.status === 410 ? (
            <Button className="mt-2" onClick={() => change({})}>
              Start from the first page
            </Button>
          ) : null}
        </div>
      )}
      {data === undefined && error !== null ? null : (
        <div aria-busy={data === undefined || isPlaceholderData} className={isPlaceholderData ? 'opacity-60' : ''}>
          {data === undefined ? <SlowNotice /> : null}
          <ScrollArea label={`Table: ${noun}`}>
            <table className="w-full border-collapse">
              <caption className="sr-only">{noun}</caption>
              <thead>
                <tr className="border-b border-line text-xs text-muted">
                  {columns.map((column) => (
                    <SortHeading
                      key={column.name}
                      column={column}
                      sort={sort}
                      onSort={(next) => change({ sort: next })}
                    />
                  ))}
                </tr>
              </thead>
              <tbody>
                {data === undefined
                  ? skeletonRows.map((each) => <SkeletonRow key={each} columns={columns} />)
                  : data.data.map((row) => <TableRow key={rowKey(row)} columns={columns} row={row} />)}
              </tbody>
            </table>
          </ScrollArea>
          {data?.data.length === 0 ? (
            <Empty noun={noun} isFiltered={Object.keys(chosen).length > 0} reason={props.emptyReason} onClear={clear} />
          ) : null}
          {data === undefined ? null : (
            <Pager
              page={data.page}
              rows={data.data.length}
              cursor={own('cursor')}
              onTurn={(cursor) => change({ cursor })}
            />
          )}
        </div>
      )}
    </div>
  );
}

function SkeletonRow<Row>({ columns }: { readonly columns: readonly Column<Row>[] }) {
  return (
    <tr className="border-b border-line">
      {columns.map(({ name, ...column }) => (
        <td key={name} className={cellClass(column)}>
          <Skeleton className="h-5" />
        </td>
      ))}
    </tr>
  );
}

interface EmptyProps {
  readonly noun: string;
  readonly isFiltered: boolean;
  readonly reason: string;
  readonly onClear: () => void;
}

function Empty({ noun, isFiltered, reason, onClear }: EmptyProps) {
  if (!isFiltered) return <EmptyState title={`No ${noun}`} reason={reason} />;
  return (
    <EmptyState
      title={`No ${noun} match`}
      reason="Every filter and the search must hold at once. Take one away to see more."
      action={<Button onClick={onClear}>Clear search and filters</Button>}
    />
  );
}
