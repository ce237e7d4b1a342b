import { Link, useParams } from '@tanstack/react-router';
import { CircleAlert } from 'lucide-react';
import type { Run, RunRow } from '../../../../lambdas/api/contract/runs.ts';
import { useApi } from '../../api/use-api.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Facts } from '../../components/facts.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { QueryContent, QueryPanel } from '../../components/panel.tsx';
import { RowsCsv } from '../../components/rows-csv.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { formatDay, formatDuration, formatInstant } from '../../format/dates.ts';
import { formatBytes, formatCount } from '../../format/figures.ts';
import { checkColumns } from './checks.tsx';
import { formatCost } from './cost.ts';
import { extractColumns, stageColumns } from './run-columns.tsx';
import { CurrentBadge, RunBadge } from './statuses.tsx';

/** One run: how it went, why it stopped, and what it found. */
export default function RunPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const answer = useApi<Run>(`/api/runs/${encodeURIComponent(id)}`);
  const run = answer.data?.run;
  return (
    <>
      <PageTitle
        title={`Run ${id}`}
        subtitle={
          run === undefined ? (
            'How it went'
          ) : (
            <span className="flex flex-wrap items-center gap-2">
              <RunBadge status={run.status} />
              {run.is_current ? <CurrentBadge /> : null}
              as of {formatDay(run.as_of)}
            </span>
          )
        }
      />
      <div className="space-y-4">
        <QueryContent query={answer} height="h-24">
          {(data) => (data.run.error_message === null ? null : <Reason run={data.run} />)}
        </QueryContent>
        {answer.error?.status === 404 ? null : (
          <>
            <QueryPanel title="In figures" query={answer} height="h-24">
              {(data) => <Figures {...data} />}
            </QueryPanel>
            <QueryPanel
              title="Stages"
              definition="In the order of the run. The bar compares each with the longest one."
              actions={<RowsCsv rows={answer.data?.run.stages} name="stages" />}
              query={answer}
              height="h-64"
              isFlush
            >
              {({ run: { stages } }) =>
                stages.length === 0 ? (
                  <EmptyState title="No stages" reason="The run has not finished its first stage." />
                ) : (
                  <SimpleTable
                    caption="Stages of the run"
                    columns={stageColumns(stages)}
                    rows={stages}
                    rowKey={({ stage }) => stage}
                  />
                )
              }
            </QueryPanel>
            <QueryPanel
              title="Failed checks"
              actions={<RowsCsv rows={answer.data?.failed_checks} name="failed checks" />}
              query={answer}
              height="h-40"
              isFlush
            >
              {({ failed_checks, checks }) =>
                failed_checks.length === 0 ? (
                  <EmptyState
                    title="No failed checks"
                    reason={checks === 0 ? 'The run did not come to its checks.' : `All ${formatCount(checks)} passed.`}
                  />
                ) : (
                  <SimpleTable
                    caption="Failed checks of the run"
                    columns={checkColumns}
                    rows={failed_checks}
                    rowKey={({ table_name, check_name }) => `${table_name} ${check_name}`}
                  />
                )
              }
            </QueryPanel>
            <QueryPanel title="Warnings" query={answer} height="h-40" isFlush>
              {({ warnings }) => <Warnings warnings={warnings} />}
            </QueryPanel>
            <QueryPanel
              title="Extracted from Salesforce"
              definition="Objects of the org, each with its window of changes."
              actions={<RowsCsv rows={answer.data?.extracts} name="extracted objects" />}
              query={answer}
              height="h-40"
              isFlush
            >
              {({ extracts }) =>
                extracts.length === 0 ? (
                  <EmptyState title="Nothing extracted" reason="The run was started without an org." />
                ) : (
                  <SimpleTable
                    caption="Extracted objects"
                    columns={extractColumns}
                    rows={extracts}
                    rowKey={({ object }) => object}
                  />
                )
              }
            </QueryPanel>
          </>
        )}
      </div>
    </>
  );
}

/** What can be done about a run that stopped. */
function advice({ status, run_id }: RunRow): string {
  if (status === 'HALTED') {
    return 'Readers keep the last good publication. Look at the failed checks below, mend the rows or the check, and run again.';
  }
  return `Readers keep the last good publication. \`headwater run --resume ${run_id}\` goes on where it stopped.`;
}

function Reason({ run }: { readonly run: RunRow }) {
  return (
    <section aria-label="Why it stopped" className="flex gap-3 rounded-lg bg-bad-soft p-4">
      <CircleAlert aria-hidden="true" className="size-5 shrink-0 text-bad" />
      <div className="min-w-0 space-y-1">
        <p className="font-medium text-bad">{run.error_name}</p>
        <p className="break-words whitespace-pre-line">{run.error_message}</p>
        <p>{advice(run)}</p>
      </div>
    </section>
  );
}

function Figures({ run, checks, files }: Run) {
  return (
    <Facts
      facts={[
        { term: 'Began', value: formatInstant(run.started_at) },
        { term: 'Time', value: formatDuration(run.seconds) },
        { term: 'Engine', value: run.engine },
        { term: 'Rows loaded', value: formatCount(run.rows_loaded) },
        { term: 'Rows set aside', value: formatCount(run.rows_quarantined) },
        { term: 'Written', value: formatBytes(run.bytes_written) },
        { term: 'Checks', value: `${formatCount(checks)}, ${formatCount(run.checks_failed)} failed` },
        {
          term: 'Files',
          value: `${formatCount(files.processed)} processed, ${formatCount(files.rejected)} rejected, ${formatCount(files.duplicate)} duplicate${files.other === 0 ? '' : `, ${formatCount(files.other)} in work`}`,
        },
        {
          term: 'Cost on AWS',
          definition: 'Estimate of what the run costs on AWS, at list prices.',
          value: formatCost(run.cost_usd),
        },
        {
          term: 'All checks',
          value: (
            <Link
              to="/pipeline"
              search={{ tab: 'quality', run_id: run.run_id } as never}
              className="text-accent hover:underline"
            >
              of this run
            </Link>
          ),
        },
      ]}
    />
  );
}

function Warnings({ warnings }: { readonly warnings: readonly string[] }) {
  if (warnings.length === 0) return <EmptyState title="No warnings" reason="Nothing has to be looked at." />;
  return (
    <ul className="divide-y divide-line">
      {warnings.map((warning) => (
        <li key={warning} className="px-4 py-2 [overflow-wrap:anywhere]">
          {warning}
        </li>
      ))}
    </ul>
  );
}
