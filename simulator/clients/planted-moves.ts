import type { ClientStory } from './story.ts';
import type { PlantedKind } from './truth.ts';
import type { ClientWorld } from './world.ts';

/** Tells the story of a new client; `shift` (0 to 0.1) moves its days within the period, so that copies differ. */
export type Plot = (world: ClientWorld, story: ClientStory, shift: number) => void;

/** Clients whose region, segment, advisor, parent organisation or record changes. */
export const moves: readonly (readonly [PlantedKind, Plot])[] = [
  [
    'colliding-regions',
    (world, story, shift) => {
      const { calendar } = world;
      story.begin(calendar.first, world.standing(calendar.first, { region: 'Northeast' }));
      story.change(calendar.delta(0.3 + shift), { region: 'Northwest', advisor: world.advisorOf('Northwest') });
      story.change(calendar.delta(0.7 + shift), { region: 'North', advisor: world.advisorOf('North') });
    },
  ],
  [
    'colliding-segments',
    (world, story, shift) => {
      const { calendar } = world;
      story.begin(calendar.first, world.standing(calendar.first, { segment: 'Institutional' }));
      story.change(calendar.delta(0.35 + shift), { segment: 'Insurance' });
      story.change(calendar.delta(0.8 + shift), { segment: 'Institutional' });
    },
  ],
  [
    'advisor-change',
    (world, story, shift) => {
      const first = begin(world, story);
      const colleagues = world.colleagues(first.region, first.advisor);
      story.change(world.calendar.delta(0.4 + shift), { advisor: world.random.pick(colleagues) });
    },
  ],
  [
    'parent-change',
    (world, story, shift) => {
      const [atlas = null, beacon = null] = world.parents;
      story.begin(world.calendar.first, world.standing(world.calendar.first, { parentOrg: null }));
      story.change(world.calendar.delta(0.2 + shift), { parentOrg: atlas });
      story.change(world.calendar.delta(0.5 + shift), { parentOrg: beacon });
      story.change(world.calendar.delta(0.8 + shift), { parentOrg: null });
    },
  ],
  [
    'several-changes-at-once',
    (world, story, shift) => {
      const { calendar } = world;
      const given = { region: 'South', segment: 'Retail', parentOrg: null };
      story.begin(calendar.first, world.standing(calendar.first, given));
      const parentOrg = world.random.pick(world.parents);
      const advisor = world.advisorOf('Southeast');
      story.change(calendar.delta(0.6 + shift), { region: 'Southeast', segment: 'Institutional', parentOrg, advisor });
    },
  ],
  [
    'there-and-back-in-two-days',
    (world, story, shift) => {
      const { calendar } = world;
      story.begin(calendar.first, world.standing(calendar.first, { segment: 'Retail' }));
      const there = calendar.delta(0.45 + shift);
      story.change(there, { segment: 'Institutional' }).change(calendar.deltaAfter(there), { segment: 'Retail' });
    },
  ],
  [
    'change-with-full-file',
    (world, story) => {
      const { calendar } = world;
      story.begin(calendar.first, world.standing(calendar.first, { segment: 'Retail' }));
      const both = calendar.fulls.find((date) => calendar.deltas.includes(date));
      story.change(both ?? calendar.full(1), { segment: 'Institutional' });
    },
  ],
  [
    'repeated',
    (world, story, shift) => {
      begin(world, story);
      for (const share of [0.05, 0.15, 0.3, 0.5, 0.7, 0.85]) story.repeat(world.calendar.delta(share + shift));
    },
  ],
  [
    'respelled',
    (world, story, shift) => {
      begin(world, story);
      for (const share of [0.1, 0.4, 0.75]) story.repeat(world.calendar.delta(share + shift), 'respelled');
    },
  ],
  [
    'renamed',
    (world, story, shift) => {
      const { name } = begin(world, story);
      story.change(world.calendar.delta(0.3 + shift), { name: `${name} International` });
    },
  ],
  ['invalid-email', (world, story) => begin(world, story, { advisor: 'front.desk(at)advisors.example' })],
  ['no-advisor', (world, story) => begin(world, story, { advisor: null })],
];

/** An ordinary client from the first day on. */
function begin(
  world: ClientWorld,
  story: ClientStory,
  given: Parameters<ClientWorld['standing']>[1] = {},
): ReturnType<ClientWorld['standing']> {
  const standing = world.standing(world.calendar.first, given);
  story.begin(world.calendar.first, standing);
  return standing;
}
