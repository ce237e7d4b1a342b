import { absences } from './planted-absences.ts';
import { plantDesks, plantDuplicates } from './planted-desks.ts';
import { type LateRecord, plantLate } from './planted-late.ts';
import { moves } from './planted-moves.ts';
import { tellRandomStory } from './random-stories.ts';
import { type ClientSettings, clientCount, copies } from './settings.ts';
import type { ClientTruth, Planted } from './truth.ts';
import { ClientWorld, sampleNames } from './world.ts';

/** Everything that the files say, decided before the first is written. */
export interface ClientPlan {
  readonly world: ClientWorld;
  readonly duplicates: ClientTruth['duplicates'];
  readonly planted: readonly Planted[];
  readonly late: readonly LateRecord[];
}

const samples = [
  { region: 'Northeast', segment: 'Institutional' },
  { region: 'Northeast', segment: 'Retail' },
  { region: 'Midwest', segment: 'Institutional' },
];

/** The same settings give the same plan. */
export function makeClientPlan(settings: ClientSettings): ClientPlan {
  const world = new ClientWorld(settings);
  const planted = [plantSamples(world), ...plantStories(world)];
  plantDesks(world);
  const duplicates = plantDuplicates(world);
  const late = plantLate(world);
  while (world.stories.length < clientCount(settings)) tellRandomStory(world, world.newStory());
  return { world, duplicates, planted: [...planted, ...late.planted], late: late.records };
}

function plantSamples(world: ClientWorld): Planted {
  const { first } = world.calendar;
  const stories = samples.map((place, index) =>
    world.newStory().begin(first, world.standing(first, { ...place, name: sampleNames[index] ?? '', parentOrg: null })),
  );
  return { kind: 'sample', client_ids: stories.map(({ id }) => id) };
}

function plantStories(world: ClientWorld): Planted[] {
  return [...moves, ...absences].map(([kind, plot]) => {
    const stories = Array.from({ length: copies(world.settings, 3) }, (_, copy) => {
      const story = world.newStory();
      plot(world, story, copy === 0 ? 0 : 0.1 * world.random.next());
      return story;
    });
    return { kind, client_ids: stories.map(({ id }) => id) };
  });
}
