import type {
  Advisors,
  AssignmentChanges,
  ClientDuplicates,
  Clients,
} from '../../../../lambdas/api/contract/territories.ts';
import type { Query } from '../../api/client.ts';
import type { Filter } from '../../components/columns.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { changeColumns } from './change-columns.tsx';
import { advisorColumns, clientColumns, duplicateColumns } from './columns.tsx';

interface ListProps {
  /** Of one territory only. */
  readonly territory?: string;
  /** Put before the names of the address's parameters, where a page has several lists. */
  readonly prefix?: string;
}

const territoryFilter: Filter = { name: 'territory_id', label: 'Territory' };

/** What narrows a list to a territory, and what the reader may choose then. */
function within({ territory }: ListProps, filters: readonly Filter[]): { fixed: Query; filters: readonly Filter[] } {
  return territory === undefined
    ? { fixed: {}, filters: [territoryFilter, ...filters] }
    : { fixed: { territory_id: territory }, filters };
}

export function AdvisorList() {
  return (
    <Panel
      title="Advisors"
      definition="Who looks after active clients, and how much of the capacity that takes."
      isFlush
    >
      <DataTable<Advisors['data'][number]>
        noun="advisors"
        path="/api/advisors"
        columns={advisorColumns}
        filters={[
          { name: 'level', label: 'Workload' },
          { name: 'territory_id', label: 'Territory', facet: 'territories' },
        ]}
        hasSearch
        defaultSort="-utilisation"
        rowKey={(row) => row.advisor}
        emptyReason="No client has an advisor: neither a client file nor an owner in Salesforce names one."
      />
    </Panel>
  );
}

export function ChangeList({ prefix = '', ...props }: ListProps) {
  const filters: readonly Filter[] = [
    { name: 'change_type', label: 'Change' },
    { name: 'assignment_type', label: 'Type' },
  ];
  return (
    <Panel
      title="What the last run changed"
      definition="Assignments that began, changed or ended with the last publication, each with what held before."
      isFlush
    >
      <DataTable<AssignmentChanges['data'][number]>
        noun="changes"
        path="/api/assignment-changes"
        columns={changeColumns}
        {...within(props, filters)}
        hasSearch
        prefix={prefix}
        rowKey={(row) => `${row.client_key} ${row.assignment_type} ${row.territory_id}`}
        emptyReason="The last run left every client where it was."
      />
    </Panel>
  );
}

export function ClientList({ prefix = '', ...props }: ListProps) {
  const filters: readonly Filter[] = [
    { name: 'advisor_email', label: 'Advisor' },
    { name: 'status', label: 'Placement' },
    { name: 'source_system', label: 'Source' },
    {
      name: 'is_active',
      label: 'Active',
      options: [
        ['true', 'served now'],
        ['false', 'no longer served'],
      ],
    },
  ];
  return (
    <Panel
      title="Clients"
      definition="Clients of the client files, and accounts of Salesforce; each with its placement."
      isFlush
    >
      <DataTable<Clients['data'][number]>
        noun="clients"
        path="/api/clients"
        columns={clientColumns}
        {...within(props, filters)}
        hasSearch
        prefix={prefix}
        rowKey={(row) => row.client_key}
        emptyReason="No client file and no org has been read yet, or none of the clients is yours."
      />
    </Panel>
  );
}

export function DuplicateList() {
  return (
    <Panel
      title="Clients who may be the same"
      definition="Pairs with similar names in the same region. Nothing is merged by itself."
      isFlush
    >
      <DataTable<ClientDuplicates['data'][number]>
        noun="pairs"
        path="/api/client-duplicates"
        columns={duplicateColumns}
        filters={[{ name: 'level', label: 'Confidence' }]}
        hasSearch
        defaultSort="-similarity"
        rowKey={(row) => `${row.client_key_a} ${row.client_key_b}`}
        emptyReason="No two clients have names similar enough to be taken for one."
      />
    </Panel>
  );
}
