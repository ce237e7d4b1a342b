import type { ClientStory, Standing } from './story.ts';
import { copies } from './settings.ts';
import type { Planted, PlantedKind } from './truth.ts';
import type { ClientWorld } from './world.ts';

/** A client and the record of it in the late file. */
export interface LateRecord {
  readonly story: ClientStory;
  readonly record: Standing;
}

type LatePlot = (world: ClientWorld, story: ClientStory) => Standing;

const plots: readonly (readonly [PlantedKind, LatePlot])[] = [
  // Nothing else is said of it afterwards, in deltas.
  ['late-change', (world, story) => ({ ...begin(world, story), segment: 'Institutional' })],
  // A later file says something else again.
  [
    'late-change-overtaken',
    (world, story) => {
      const first = begin(world, story);
      story.change(afterLate(world), { segment: 'High Net Worth' });
      return { ...first, segment: 'Institutional' };
    },
  ],
  // A later file says the same.
  [
    'late-change-confirmed',
    (world, story) => {
      const first = begin(world, story);
      story.change(afterLate(world), { segment: 'Institutional' });
      return { ...first, segment: 'Institutional' };
    },
  ],
  // A later file repeats what held before.
  [
    'late-change-undone',
    (world, story) => {
      const first = begin(world, story);
      story.repeat(afterLate(world));
      return { ...first, segment: 'Institutional' };
    },
  ],
  ['late-without-change', (world, story) => begin(world, story)],
  // Its first record, before the one that the other files have.
  [
    'late-newcomer',
    (world, story) => {
      const standing = world.standing(world.calendar.late, { segment: 'Retail', revenue: 1_200_000 });
      story.begin(afterLate(world), { ...standing, segment: 'Institutional', revenue: 1_350_000 });
      return standing;
    },
  ],
  // No other file knows it.
  ['late-stranger', (world) => world.standing(world.calendar.late)],
];

/** Clients of the late file, each with what the other files say of it. */
export function plantLate(world: ClientWorld): { records: readonly LateRecord[]; planted: readonly Planted[] } {
  const groups = plots.map(([kind, plot]) => {
    const records = Array.from({ length: copies(world.settings, 3) }, (): LateRecord => {
      const story = world.newStory();
      return { story, record: plot(world, story) };
    });
    return { records, planted: { kind, client_ids: records.map(({ story }) => story.id) } };
  });
  return { records: groups.flatMap(({ records }) => records), planted: groups.map(({ planted }) => planted) };
}

function begin(world: ClientWorld, story: ClientStory): Standing {
  const { first } = world.calendar;
  const standing = world.standing(first, { segment: 'Retail' });
  story.begin(first, standing);
  return standing;
}

function afterLate({ calendar }: ClientWorld): string {
  return calendar.deltaAfter(calendar.deltaAfter(calendar.late));
}
