import type { Health } from '../../../../lambdas/api/contract/health.ts';
import type { RunRow, Runs } from '../../../../lambdas/api/contract/runs.ts';
import { useApi } from '../../api/use-api.ts';
import { CountCard } from '../../components/count-card.tsx';
import { KpiCard } from '../../components/kpi-card.tsx';
import { QueryContent } from '../../components/panel.tsx';
import { formatDay, formatDuration, formatInstant } from '../../format/dates.ts';
import { formatCount, unknown } from '../../format/figures.ts';
import { formatCost } from './cost.ts';
import { runWord } from './statuses.tsx';

/** How old the data are, how the last run went, and what waits for somebody. */
export function PipelineHeadline() {
  const health = useApi<Health>('/api/health');
  const newest = useApi<Runs>('/api/runs', { limit: 1 });
  return (
    <section
      aria-label="Headline figures"
      className="mb-4 grid grid-cols-1 gap-3 min-[22rem]:grid-cols-2 xl:grid-cols-4"
    >
      <QueryContent query={health} height="h-24">
        {(answer) => <AgeCard {...answer} />}
      </QueryContent>
      <QueryContent query={newest} height="h-24">
        {({ data: [run] }) => <LastRunCard run={run} />}
      </QueryContent>
      <CountCard
        label="Failed checks"
        definition="Quality checks of the last run with results that did not pass, whatever they do then."
        note="of the last run with results"
        path="/api/quality"
        query={{ passed: false }}
        to="/pipeline"
        search={{ tab: 'quality', passed: 'false' }}
      />
      <CountCard
        label="Rows in quarantine"
        definition="Rows that were set aside, with their reasons; the first 10,000 of each table are counted."
        note="wait for a correction"
        path="/api/quarantine"
        to="/pipeline"
        search={{ tab: 'quarantine' }}
      />
    </section>
  );
}

const ageWords: Readonly<Record<Health['status'], string>> = {
  ok: 'in time',
  stale: 'too old',
  degraded: 'degraded',
  empty: 'nothing published',
};

function AgeCard({ status, age_seconds, allowance_seconds, confirmed_at, as_of }: Health) {
  return (
    <KpiCard
      label="Age of the data"
      value={formatDuration(age_seconds)}
      definition={`Since a run last published, or found nothing new: ${formatInstant(confirmed_at)}; as of ${formatDay(as_of)}. Older than ${formatDuration(allowance_seconds)} is stale.`}
      note={`${ageWords[status]}: ${formatDuration(allowance_seconds)} are allowed`}
    />
  );
}

function LastRunCard({ run }: { readonly run: RunRow | undefined }) {
  const definition = 'How the newest run ended, how long it took, and an estimate of what it costs on AWS.';
  if (run === undefined) return <KpiCard label="Last run" value={unknown} definition={definition} note="none yet" />;
  return (
    <KpiCard
      label="Last run"
      value={runWord(run.status)}
      definition={definition}
      note={`${formatDuration(run.seconds)} · ${formatCount(run.warnings)} warnings · ${formatCost(run.cost_usd)}`}
      to={`/pipeline/runs/${run.run_id}`}
    />
  );
}
