import { Link, useParams } from '@tanstack/react-router';
import type { Lineage, Table } from '../../../../lambdas/api/contract/tables.ts';
import { useApi } from '../../api/use-api.ts';
import { buttonClass } from '../../components/button.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Facts } from '../../components/facts.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { QueryPanel } from '../../components/panel.tsx';
import { RowsCsv } from '../../components/rows-csv.tsx';
import { SortedTable } from '../../components/sorted-table.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatDuration } from '../../format/dates.ts';
import { formatBytes, formatChange, formatCount, unknown } from '../../format/figures.ts';
import { tableAddress } from './address.ts';
import { definitionColumns } from './definition-columns.tsx';

/** One table: what it means, column by column, and where it comes from. */
export default function TablePage() {
  const { layer, name } = useParams({ strict: false }) as { layer: string; name: string };
  const table = `${layer}.${name}`;
  const answer = useApi<Table>(`/api/tables/${encodeURIComponent(table)}`);
  const lineage = useApi<Lineage>(`/api/lineage/${encodeURIComponent(table)}`);
  return (
    <>
      <PageTitle
        title={table}
        subtitle={answer.data?.table.row ?? 'Table of the lake'}
        actions={
          <Link to="/pipeline" search={{ tab: 'lineage', table } as never} className={buttonClass()}>
            Lineage
          </Link>
        }
      />
      <div className="space-y-4">
        <QueryPanel title="About" query={answer} height="h-40">
          {(data) => <About answer={data} />}
        </QueryPanel>
        {answer.error?.status === 404 ? null : (
          <>
            <QueryPanel
              title="Columns"
              definition="Names and definitions as in the data dictionary, and as Athena shows them."
              actions={<RowsCsv rows={answer.data?.columns} name={`columns of ${table}`} />}
              query={answer}
              height="h-96"
              isFlush
            >
              {({ columns }) => (
                <SortedTable
                  caption={`Columns of ${table}`}
                  columns={definitionColumns}
                  rows={columns}
                  rowKey={(row) => row.name}
                />
              )}
            </QueryPanel>
            <QueryPanel title="Where it comes from and goes" query={lineage} height="h-24">
              {(data) => (
                <Facts
                  facts={[
                    { term: 'Made from', value: <TableNames tables={data.made_from} /> },
                    { term: 'Feeds', value: <TableNames tables={data.feeds} /> },
                  ]}
                />
              )}
            </QueryPanel>
            <QueryPanel title="What makes it" query={answer} height="h-64">
              {({ sql }) =>
                sql === null ? (
                  <EmptyState title="No SQL" reason="Its rows are collected from a source as they came." />
                ) : (
                  <CodeBlock label={`What makes ${table}`} code={sql} />
                )
              }
            </QueryPanel>
          </>
        )}
      </div>
    </>
  );
}

function About({ answer: { table, key, partition_by } }: { readonly answer: Table }) {
  return (
    <>
      {table.description === null ? null : <p className="mb-4 max-w-prose">{table.description}</p>}
      <Facts
        facts={[
          { term: 'Owner', definition: 'Who answers for it.', value: table.owner ?? unknown },
          {
            term: 'Age',
            definition: 'Since a run last published it or found nothing new, of the age that is allowed.',
            value: (
              <span className="flex flex-wrap items-center gap-2">
                <StatusBadge tone={table.is_stale ? 'bad' : 'good'}>
                  {table.is_stale ? 'Too old' : 'In time'}
                </StatusBadge>
                {formatDuration(table.age_seconds)} of {formatDuration(table.allowance_seconds)}
              </span>
            ),
          },
          { term: 'Rows', value: `${formatCount(table.rows)} (${formatChange(table.row_change)})` },
          { term: 'Size', value: formatBytes(table.bytes) },
          { term: 'Key', definition: 'Columns that tell its rows apart.', value: key.join(', ') || unknown },
          { term: 'Partitioned by', value: partition_by.join(', ') || unknown },
          {
            term: 'Checks',
            value:
              table.checks === 0 ? (
                'none'
              ) : (
                <Link
                  to="/pipeline"
                  search={{ tab: 'quality', table: table.table } as never}
                  className="text-accent hover:underline"
                >
                  {formatCount(table.checks)}, {formatCount(table.checks_failed)} failed
                </Link>
              ),
          },
        ]}
      />
    </>
  );
}

function TableNames({ tables }: { readonly tables: Lineage['feeds'] }) {
  if (tables.length === 0) return 'no table of the lake';
  return (
    <ul>
      {tables.map(({ table }) => (
        <li key={table}>
          <Link to={tableAddress(table)} className="inline-block leading-6 break-all text-accent hover:underline">
            {table}
          </Link>
        </li>
      ))}
    </ul>
  );
}
