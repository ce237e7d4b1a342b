import type { ClientCalendar } from './calendar.ts';
import type { ClientStory, Phase, Standing } from './story.ts';
import type { ClientHistory, ClientVersion } from './truth.ts';

type Tracked = Pick<ClientVersion, 'region' | 'segment' | 'parent_org' | 'primary_advisor_email' | 'is_active'>;
const trackedColumns = ['region', 'segment', 'parent_org', 'primary_advisor_email', 'is_active'] as const;

/** The history that the files tell of a client. */
export function historyOf(story: ClientStory): ClientHistory {
  return history(story.id, story.phases);
}

/**
 * The history with a record of an earlier day put in: it holds until a file of a later day speaks of the client, or is a full one without it.
 */
export function historyWithLate(story: ClientStory, calendar: ClientCalendar, record: Standing): ClientHistory {
  const { late } = calendar;
  const next = calendar.dates.find(
    (date) => date > late && (calendar.fulls.includes(date) || story.sentAt(date) !== null),
  );
  const phases = [...story.phases.filter(({ from }) => from < late), { from: late, standing: record, missing: false }];
  if (next !== undefined) {
    const said = story.listedAt(next);
    phases.push({ from: next, standing: said ?? record, missing: said === null });
    phases.push(...story.phases.filter(({ from }) => from > next));
  }
  return history(story.id, phases);
}

function history(id: string, phases: readonly Phase[]): ClientHistory {
  const versions: ClientVersion[] = [];
  let before: Phase | undefined;
  for (const phase of phases) {
    const last = versions.at(-1);
    const tracked = trackedOf(phase);
    const changed = last === undefined ? [] : trackedColumns.filter((column) => last[column] !== tracked[column]);
    if (last === undefined || changed.length > 0) {
      if (last !== undefined) versions[versions.length - 1] = { ...last, effective_to: phase.from };
      const period = { effective_from: phase.from, effective_to: null };
      versions.push({ ...tracked, ...period, change_reason: reasonOf(phase, before), changed });
    }
    before = phase;
  }
  const name = phases.findLast(({ missing }) => !missing)?.standing.name ?? '';
  return { client_id: id, client_name: name, versions };
}

function trackedOf({ standing, missing }: Phase): Tracked {
  return {
    region: standing.region,
    segment: standing.segment,
    parent_org: standing.parentOrg,
    primary_advisor_email: standing.advisor,
    is_active: standing.isActive && !missing,
  };
}

function reasonOf(phase: Phase, before: Phase | undefined): ClientVersion['change_reason'] {
  if (before === undefined) return 'NEW';
  if (phase.missing) return 'MISSING';
  return before.missing ? 'RETURNED' : 'CHANGED';
}
