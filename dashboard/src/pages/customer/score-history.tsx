import type { Customer } from '../../../../lambdas/api/contract/customer.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { LineChart } from '../../components/line-chart.tsx';
import { Panel } from '../../components/panel.tsx';
import { formatCount } from '../../format/figures.ts';

const series = [
  { title: 'Health', stroke: 'stroke-accent' },
  { title: 'Churn risk', stroke: 'stroke-bad', dashes: '5 3' },
];

/** Both scores from the first run on; each holds until the next day with a change. */
export function ScoreHistory({ history }: { readonly history: Customer['history'] }) {
  return (
    <Panel title="Scores over time" definition="Days on which a score changed; between them it stayed.">
      {history.length < 2 ? (
        <EmptyState
          title="No change yet"
          reason="The scores have not changed since the first run. A line begins with the first change."
        />
      ) : (
        <LineChart
          caption="Health and churn risk over time"
          series={series}
          points={history.map((each) => ({ day: each.as_of, values: [each.health_score, each.churn_risk_score] }))}
          write={formatCount}
          domain={[0, 100]}
          isStepped
        />
      )}
    </Panel>
  );
}
