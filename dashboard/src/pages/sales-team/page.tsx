import { PageTitle } from '../../components/page-title.tsx';
import { Tabs, useTab } from '../../components/tabs.tsx';
import { AnomalyList } from './anomaly-list.tsx';
import { Ranking } from './ranking.tsx';
import { StoresView } from './stores-view.tsx';

const tabs = [
  ['stores', 'Stores'],
  ['ranks', 'Ranks and incentives'],
  ['anomalies', 'Anomalies'],
] as const;

export default function SalesTeamPage() {
  const tab = useTab(tabs);
  return (
    <>
      <PageTitle
        title="Sales team"
        subtitle="Who sells what in which store, who earns an incentive, and what is out of line"
      />
      <Tabs label="Views of the sales team" tabs={tabs} />
      {tab === 'stores' ? <StoresView /> : null}
      {tab === 'ranks' ? <Ranking /> : null}
      {tab === 'anomalies' ? <AnomalyList /> : null}
    </>
  );
}
