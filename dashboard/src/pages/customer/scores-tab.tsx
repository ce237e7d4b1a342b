import type { Customer } from '../../../../lambdas/api/contract/customer.ts';
import { ChurnBadge, HealthBadge } from '../../components/customer-status.tsx';
import { Panel } from '../../components/panel.tsx';
import { AlertsPanel } from './alerts-panel.tsx';
import { CustomerFigures } from './customer-figures.tsx';
import { RecommendationsPanel } from './recommendations-panel.tsx';
import { ScoreFactors } from './score-factors.tsx';
import { ScoreHistory } from './score-history.tsx';

export function ScoresTab({ customer }: { readonly customer: Customer }) {
  const { account, metrics, health, churn, history } = customer;
  return (
    <div className="space-y-4">
      <CustomerFigures metrics={metrics} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <RecommendationsPanel accountId={account.account_id} />
        <AlertsPanel accountId={account.account_id} />
        <Panel
          title="Why this health"
          definition="Health is the weighted sum of four factors of 0 to 100. A factor of which nothing is known leaves its weight to the others. Healthy from 80, at risk from 50, else critical."
          actions={<HealthBadge score={health.score} name={health.name} />}
        >
          <ScoreFactors score={health} isGood />
        </Panel>
        <Panel
          title="Why this churn risk"
          definition="Churn risk is the weighted sum of four factors of 0 to 100; more is worse. High from 70, medium from 40, else low."
          actions={<ChurnBadge score={churn.score} name={churn.name} />}
        >
          <ScoreFactors score={churn} isGood={false} />
        </Panel>
      </div>
      <ScoreHistory history={history} />
    </div>
  );
}
