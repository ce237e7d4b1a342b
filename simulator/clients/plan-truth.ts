import { lateClientKey } from './client-files.ts';
import { historyOf, historyWithLate } from './history.ts';
import type { ClientPlan } from './plan.ts';
import type { ClientStory } from './story.ts';
import { advisorCapacity, type changeReasons, type ClientHistory, type ClientTruth } from './truth.ts';

type Written = Pick<ClientTruth, 'files' | 'fullFiles' | 'records' | 'quarantinedRecords'>;

/** The truth of a plan; of the files only what they hold beside it is needed. */
export function planTruth({ world, duplicates, planted, late }: ClientPlan, written: Written): ClientTruth {
  const { settings, calendar } = world;
  const told = world.stories.filter(({ phases }) => phases.length > 0);
  const clients = told.map((story) => historyOf(story));
  const lateClients = late.map(({ story, record }) => historyWithLate(story, calendar, record));
  const versions = countVersions(clients);
  const replaced = new Set(lateClients.map((client) => client.client_id));
  const untouched = clients.filter((client) => !replaced.has(client.client_id));
  const advisors = activeByAdvisor(clients);
  return {
    ...settings,
    ...written,
    clients,
    versions,
    versionsByReason: countReasons(clients),
    activeClients: clients.filter((client) => client.versions.at(-1)?.is_active === true).length,
    territories: territoriesOf(told),
    capacity: advisorCapacity,
    advisors,
    overloaded: advisors
      .filter((advisor) => advisor.active_clients > advisorCapacity)
      .toSorted((a, b) => b.active_clients - a.active_clients || (a.advisor_email < b.advisor_email ? -1 : 1)),
    duplicates: [...duplicates],
    invalidEmails: told.filter((story) => isInvalid(lastRecord(story))).map(({ id }) => id),
    planted: [...planted],
    late: {
      file: lateClientKey(world),
      date: calendar.late,
      records: late.length,
      clients: lateClients,
      versions: countVersions(untouched) + countVersions(lateClients),
    },
  };
}

function countVersions(clients: readonly ClientHistory[]): number {
  return clients.reduce((sum, client) => sum + client.versions.length, 0);
}

function countReasons(clients: readonly ClientHistory[]): ClientTruth['versionsByReason'] {
  const reasons = clients.flatMap((client) => client.versions.map((version) => version.change_reason));
  const count = (reason: (typeof changeReasons)[number]) => reasons.filter((one) => one === reason).length;
  return { NEW: count('NEW'), CHANGED: count('CHANGED'), MISSING: count('MISSING'), RETURNED: count('RETURNED') };
}

function activeByAdvisor(clients: readonly ClientHistory[]): ClientTruth['advisors'] {
  const counts = new Map<string, number>();
  for (const { versions } of clients) {
    const { is_active: isActive, primary_advisor_email: email } = versions.at(-1) ?? {};
    if (isActive === true && typeof email === 'string') counts.set(email, (counts.get(email) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([email, active]) => ({ advisor_email: email, active_clients: active }));
}

/** Stories are in the order of lines, so of one day the first one counts. */
function territoriesOf(stories: readonly ClientStory[]): ClientTruth['territories'] {
  const first = new Map<string, ClientTruth['territories'][number]>();
  for (const { phases } of stories) {
    for (const { from, standing, missing } of phases) {
      const { region, segment } = standing;
      const key = `${region}\n${segment}`;
      const known = first.get(key);
      if (missing || (known !== undefined && known.first_seen <= from)) continue;
      // Set anew, so that the map keeps the order of lines within a day.
      first.delete(key);
      first.set(key, { region, segment, first_seen: from });
    }
  }
  return [...first.values()].toSorted((a, b) =>
    a.first_seen < b.first_seen ? -1 : a.first_seen > b.first_seen ? 1 : 0,
  );
}

function lastRecord({ phases }: ClientStory): string | null {
  return phases.findLast(({ missing }) => !missing)?.standing.advisor ?? null;
}

function isInvalid(email: string | null): boolean {
  return email !== null && !/^[^@\s]+@[^@\s]+\.[a-z]+$/.test(email);
}
