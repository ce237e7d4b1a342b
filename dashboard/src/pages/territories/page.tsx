import { DataTable } from '../../components/data-table.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { Panel } from '../../components/panel.tsx';
import { Tabs, useTab } from '../../components/tabs.tsx';
import { CapacityAlerts } from './capacity-alerts.tsx';
import { territoryColumns } from './columns.tsx';
import { TerritoryHeadline } from './headline.tsx';
import { AdvisorList, ChangeList, ClientList, DuplicateList } from './lists.tsx';
import { TerritoryMap } from './territory-map.tsx';

const tabs = [
  ['map', 'Map'],
  ['workload', 'Workload'],
  ['changes', 'What changed'],
  ['clients', 'Clients'],
  ['duplicates', 'Duplicates'],
] as const;

export default function TerritoriesPage() {
  const tab = useTab(tabs);
  return (
    <>
      <PageTitle title="Territories" subtitle="Who looks after whom, whether they can, and what the last run changed" />
      <TerritoryHeadline />
      <Tabs label="Views of the territories" tabs={tabs} />
      {tab === 'map' ? <MapView /> : null}
      {tab === 'workload' ? <WorkloadView /> : null}
      {tab === 'changes' ? <ChangeList /> : null}
      {tab === 'clients' ? <ClientList /> : null}
      {tab === 'duplicates' ? <DuplicateList /> : null}
    </>
  );
}

function MapView() {
  return (
    <div className="space-y-4">
      <CapacityAlerts />
      <TerritoryMap />
      <Panel title="All territories" isFlush>
        <DataTable
          noun="territories"
          path="/api/territories"
          columns={territoryColumns}
          filters={[
            { name: 'region', label: 'Region' },
            { name: 'segment', label: 'Segment' },
          ]}
          hasSearch
          defaultSort="-clients"
          rowKey={(row) => row.territory_id}
          emptyReason="No client file and no org has been read yet, or none of the territories is yours."
        />
      </Panel>
    </div>
  );
}

function WorkloadView() {
  return (
    <div className="space-y-4">
      <CapacityAlerts />
      <AdvisorList />
    </div>
  );
}
