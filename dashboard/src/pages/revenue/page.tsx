import { PageTitle } from '../../components/page-title.tsx';
import { Tabs, useTab } from '../../components/tabs.tsx';
import { PipelineView } from './pipeline-view.tsx';
import { RevenueView } from './revenue-view.tsx';

const tabs = [
  ['industry', 'Industry'],
  ['geography', 'Geography'],
  ['segment', 'Segment'],
  ['pipeline', 'Pipeline'],
] as const;

export default function RevenuePage() {
  const tab = useTab(tabs);
  return (
    <>
      <PageTitle title="Revenue" subtitle="What was won, where it came from, and what may follow" />
      <Tabs label="Views of the revenue" tabs={tabs} />
      {tab === 'pipeline' ? (
        <PipelineView />
      ) : (
        <RevenueView key={tab} by={tab as 'industry' | 'geography' | 'segment'} />
      )}
    </>
  );
}
