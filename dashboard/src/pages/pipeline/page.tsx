import { PageTitle } from '../../components/page-title.tsx';
import { Tabs, useTab } from '../../components/tabs.tsx';
import { CheckList } from './checks.tsx';
import { FilesList } from './files-list.tsx';
import { PipelineHeadline } from './headline.tsx';
import { LineageView } from './lineage.tsx';
import { QuarantineList } from './quarantine-list.tsx';
import { RunsGrid } from './runs-grid.tsx';
import { TablesList } from './tables-list.tsx';

const tabs = [
  ['runs', 'Runs'],
  ['tables', 'Tables'],
  ['quality', 'Quality'],
  ['quarantine', 'Quarantine'],
  ['files', 'Files'],
  ['lineage', 'Lineage'],
] as const;

export default function PipelinePage() {
  const tab = useTab(tabs);
  return (
    <>
      <PageTitle
        title="Pipeline"
        subtitle="Whether the data can be trusted: runs, age, quality, and what was set aside"
      />
      <PipelineHeadline />
      <Tabs label="Views of the pipeline" tabs={tabs} />
      {tab === 'runs' ? <RunsGrid /> : null}
      {tab === 'tables' ? <TablesList /> : null}
      {tab === 'quality' ? <CheckList /> : null}
      {tab === 'quarantine' ? <QuarantineList /> : null}
      {tab === 'files' ? <FilesList /> : null}
      {tab === 'lineage' ? <LineageView /> : null}
    </>
  );
}
