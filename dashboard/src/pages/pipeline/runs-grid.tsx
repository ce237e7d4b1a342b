import { CircleSlash, PackageX } from 'lucide-react';
import type { RunRow, Runs } from '../../../../lambdas/api/contract/runs.ts';
import { useApi } from '../../api/use-api.ts';
import type { Column } from '../../components/columns.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Meter } from '../../components/meter.tsx';
import { Panel } from '../../components/panel.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatDay, formatInstant, formatSeconds } from '../../format/dates.ts';
import { formatCount, unknown } from '../../format/figures.ts';
import { formatCost } from './cost.ts';
import { RunLink } from './links.tsx';
import { stagesOf, unfinishedStage } from './stages.ts';
import { CurrentBadge, RunBadge } from './statuses.tsx';

/** As many as the list below asks for, so that one request serves both. */
const shownRuns = 50;

/** Runs down, stages across: how long each took, what it wrote, and where it stopped. */
export function RunsGrid() {
  const newest = useApi<Runs>('/api/runs', { limit: shownRuns });
  const stages = stagesOf(newest.data?.data ?? []);
  return (
    <Panel
      title="Runs and their stages"
      definition="Newest first. Each stage: its time, the rows that it wrote, and rows that it set aside; the bar compares it with the longest stage of the run."
      isFlush
    >
      <DataTable<RunRow>
        noun="runs"
        path="/api/runs"
        columns={[...runColumns, ...stages.map((stage) => stageColumn(stage, stages)), ...costColumns]}
        filters={[
          {
            name: 'status',
            label: 'Outcome',
            options: [
              ['PUBLISHED,UNCHANGED', 'succeeded'],
              ['HALTED,FAILED,INTERRUPTED', 'stopped'],
              ['PUBLISHED', 'published'],
              ['UNCHANGED', 'nothing new'],
              ['HALTED', 'halted by a check'],
              ['FAILED', 'failed'],
              ['INTERRUPTED', 'interrupted'],
              ['RUNNING', 'running'],
            ],
          },
        ]}
        rowKey={(row) => row.run_id}
        emptyReason="The pipeline has not run yet. `headwater run` is the first one."
      />
    </Panel>
  );
}

const runColumns: readonly Column<RunRow>[] = [
  {
    name: 'run_id',
    title: 'Run',
    isRowName: true,
    cell: (row) => (
      <>
        <RunLink id={row.run_id} />
        <span className="block text-xs font-normal whitespace-nowrap text-muted">
          {formatInstant(row.started_at)}
          <br />
          as of {formatDay(row.as_of)}
        </span>
      </>
    ),
  },
  {
    name: 'status',
    title: 'Outcome',
    className: 'min-w-56',
    cell: (row) => (
      <>
        <RunBadge status={row.status} /> {row.is_current ? <CurrentBadge /> : null}
        {row.error_message === null ? null : (
          <span className="mt-1 line-clamp-3 block text-xs break-words text-bad">{row.error_message}</span>
        )}
      </>
    ),
  },
  { name: 'seconds', title: 'Time', isFigure: true, cell: (row) => formatSeconds(row.seconds) },
  {
    name: 'checks_failed',
    title: 'Failed checks',
    isFigure: true,
    cell: (row) => formatCount(row.checks_failed),
  },
];

const costColumns: readonly Column<RunRow>[] = [
  {
    name: 'rows_loaded',
    title: 'Rows in',
    definition: 'Rows of dropped files that were loaded.',
    isFigure: true,
    cell: (row) => formatCount(row.rows_loaded),
  },
  {
    name: 'cost_usd',
    title: 'Cost on AWS',
    definition: 'Estimate of what the run costs on AWS, at list prices.',
    isFigure: true,
    cell: (row) => formatCost(row.cost_usd),
  },
];

function stageColumn(stage: string, stages: readonly string[]): Column<RunRow> {
  return {
    name: stage,
    title: stage,
    isFigure: true,
    cell: (run) => <StageCell run={run} stage={stage} isUnfinished={unfinishedStage(run, stages) === stage} />,
  };
}

interface StageCellProps {
  readonly run: RunRow;
  readonly stage: string;
  readonly isUnfinished: boolean;
}

function StageCell({ run, stage, isUnfinished }: StageCellProps) {
  const done = run.stages.find((each) => each.stage === stage);
  if (done === undefined) {
    return isUnfinished ? (
      <StatusBadge tone="bad" icon={CircleSlash}>
        Not finished
      </StatusBadge>
    ) : (
      unknown
    );
  }
  const longest = Math.max(...run.stages.map(({ seconds }) => seconds), 0.001);
  return (
    <span className="inline-block min-w-16 space-y-1">
      <span className="block">{formatSeconds(done.seconds)}</span>
      <Meter percent={(100 * done.seconds) / longest} />
      <span className="block text-xs text-muted">
        {done.rows_out === 0 ? '' : `${formatCount(done.rows_out)} rows`}
      </span>
      {done.quarantined === 0 ? null : (
        <StatusBadge tone="warn" icon={PackageX}>
          {formatCount(done.quarantined)} set aside
        </StatusBadge>
      )}
    </span>
  );
}
