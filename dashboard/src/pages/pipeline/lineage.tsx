import { Link } from '@tanstack/react-router';
import { ArrowDown, ArrowRight } from 'lucide-react';
import { useId } from 'react';
import type { Lineage as Answer, Tables } from '../../../../lambdas/api/contract/tables.ts';
import { useAddress } from '../../address.ts';
import { useApi } from '../../api/use-api.ts';
import { CodeBlock } from '../../components/code-block.tsx';
import { Panel, QueryContent } from '../../components/panel.tsx';
import { formatCount } from '../../format/figures.ts';
import { TableLink } from './links.tsx';

const firstTable = 'gold.customer_360_metrics';

/** One table between what it is made from and what it feeds; every neighbour leads one hop on. */
export function LineageView() {
  const { values, set } = useAddress();
  const table = values.table ?? firstTable;
  const tables = useApi<Tables>('/api/tables');
  const lineage = useApi<Answer>(`/api/lineage/${encodeURIComponent(table)}`, {}, { keepsPrevious: true });
  const id = useId();
  const names = tables.data?.data.map((each) => each.table) ?? [];
  return (
    <Panel
      title="Lineage"
      definition="Read from the SQL itself, one hop at a time: choose a neighbour to go on."
      actions={
        <>
          <label htmlFor={id} className="text-xs text-muted">
            Table
          </label>
          <select
            id={id}
            value={table}
            onChange={({ target }) => set({ table: target.value })}
            className="h-8 max-w-64 rounded-md border border-edge bg-surface px-2 text-sm"
          >
            {[...new Set([table, ...names])].toSorted().map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </>
      }
    >
      <QueryContent query={lineage} height="h-64">
        {(answer) => <Hops {...answer} />}
      </QueryContent>
    </Panel>
  );
}

const makers: Readonly<Record<Answer['how'], string>> = {
  sql: 'made by the SQL below',
  code: 'made by code',
  collected: 'collected from a source as it came',
  ledger: 'taken from the ledger of actions',
};

function Hops({ table, made_from, feeds, how, sql }: Answer) {
  return (
    <div className="space-y-4">
      <div className="grid items-center gap-3 md:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)_auto_minmax(0,1fr)]">
        <Neighbours title="Made from" tables={made_from} none="no table of the lake" />
        <Arrow />
        <div className="rounded-lg border-2 border-accent px-4 py-3 text-center">
          <p className="font-semibold break-words">
            <TableLink table={table} />
          </p>
          <p className="text-xs text-muted">{makers[how]}</p>
        </div>
        <Arrow />
        <Neighbours title="Feeds" tables={feeds} none="no other table: people and programs read it" />
      </div>
      {sql === null ? null : <CodeBlock label={`What makes ${table}`} code={sql} />}
    </div>
  );
}

function Arrow() {
  return (
    <span aria-hidden="true" className="flex justify-center text-muted">
      <ArrowRight className="hidden size-5 md:block" />
      <ArrowDown className="size-5 md:hidden" />
    </span>
  );
}

interface NeighboursProps {
  readonly title: string;
  readonly tables: Answer['feeds'];
  readonly none: string;
}

function Neighbours({ title, tables, none }: NeighboursProps) {
  const id = useId();
  return (
    <div className="min-w-0">
      <h3 id={id} className="mb-1.5 text-xs font-medium text-muted">
        {title} {tables.length === 0 ? none : ''}
      </h3>
      <ul aria-labelledby={id} className="space-y-2">
        {tables.map(({ table, row, rows }) => (
          <li key={table}>
            <Link
              to="/pipeline"
              search={{ tab: 'lineage', table } as never}
              resetScroll={false}
              className="block rounded-lg border border-line px-3 py-2 hover:border-accent"
            >
              <span className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span className="min-w-0 font-medium break-words">{table}</span>
                <span className="text-xs text-muted tabular-nums">{formatCount(rows)} rows</span>
              </span>
              {row === null ? null : <span className="block text-xs text-muted">{row}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
