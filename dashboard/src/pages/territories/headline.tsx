import { CountCard } from '../../components/count-card.tsx';

/** Four counts, each leading to the rows behind it. */
export function TerritoryHeadline() {
  return (
    <section
      aria-label="Headline figures"
      className="mb-4 grid grid-cols-1 gap-3 min-[22rem]:grid-cols-2 xl:grid-cols-4"
    >
      <CountCard
        label="Active clients"
        definition="Clients of the files and accounts of the CRM that are served now."
        note="from client files and Salesforce"
        path="/api/clients"
        query={{ is_active: true }}
        to="/territories"
        search={{ tab: 'clients', is_active: 'true' }}
      />
      <CountCard
        label="Clients without advisor"
        definition="Assignments with the status NO_ADVISOR: nobody of the territory could take the client."
        note="nobody could take them"
        path="/api/clients"
        query={{ status: 'NO_ADVISOR' }}
        to="/territories"
        search={{ tab: 'clients', status: 'NO_ADVISOR' }}
      />
      <CountCard
        label="Advisors near capacity"
        definition="Advisors who have 90 % of their capacity or more as active PRIMARY clients."
        note="90 % of capacity or more"
        path="/api/advisors"
        query={{ level: 'High' }}
        to="/territories"
        search={{ tab: 'workload', level: 'High' }}
      />
      <CountCard
        label="Changed assignments"
        definition="Assignments that the last run began, changed or ended."
        note="by the last run"
        path="/api/assignment-changes"
        to="/territories"
        search={{ tab: 'changes' }}
      />
    </section>
  );
}
