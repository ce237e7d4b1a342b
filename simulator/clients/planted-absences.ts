import type { Plot } from './planted-moves.ts';
import type { PlantedKind } from './truth.ts';

/** Clients that full files lack, that are switched off, or that only deltas know. */
export const absences: readonly (readonly [PlantedKind, Plot])[] = [
  [
    'vanished',
    (world, story) => {
      const { calendar } = world;
      story.begin(calendar.first, world.standing(calendar.first)).vanish(calendar.full(1));
    },
  ],
  [
    'returned-by-full-file',
    (world, story) => {
      const { calendar } = world;
      const { deltas, fulls } = calendar;
      story.begin(calendar.first, world.standing(calendar.first)).vanish(calendar.full(1));
      // Best on a day that has no delta; a weekend's full file is the only one to tell.
      const alone = fulls.find((date, index) => index > 1 && !deltas.includes(date));
      story.change(alone ?? calendar.full(2));
    },
  ],
  [
    'returned-by-delta',
    (world, story) => {
      const { calendar } = world;
      story.begin(calendar.first, world.standing(calendar.first)).vanish(calendar.full(1));
      story.change(calendar.deltaAfter(calendar.full(1)));
    },
  ],
  [
    'returned-elsewhere',
    (world, story) => {
      const { calendar } = world;
      story.begin(calendar.first, world.standing(calendar.first, { region: 'West' })).vanish(calendar.full(1));
      const advisor = world.advisorOf('Midwest');
      story.change(calendar.deltaAfter(calendar.full(2)), { region: 'Midwest', advisor });
    },
  ],
  [
    'vanished-twice',
    (world, story) => {
      const { calendar } = world;
      story.begin(calendar.first, world.standing(calendar.first)).vanish(calendar.full(1));
      story.change(calendar.deltaAfter(calendar.full(1))).vanish(calendar.full(2));
    },
  ],
  [
    'deactivated',
    (world, story, shift) => {
      const { calendar } = world;
      story.begin(calendar.first, world.standing(calendar.first));
      story.change(calendar.delta(0.5 + shift), { isActive: false });
    },
  ],
  [
    'reactivated',
    (world, story, shift) => {
      const { calendar } = world;
      story.begin(calendar.first, world.standing(calendar.first));
      story.change(calendar.delta(0.25 + shift), { isActive: false });
      story.change(calendar.delta(0.65 + shift), { isActive: true });
    },
  ],
  [
    'deactivated-then-missing',
    (world, story) => {
      const { calendar } = world;
      story.begin(calendar.first, world.standing(calendar.first));
      story.change(calendar.deltaAfter(calendar.full(1)), { isActive: false }).vanish(calendar.full(2));
    },
  ],
  [
    'delta-only',
    (world, story) => {
      const { calendar } = world;
      const last = calendar.deltas.at(-1) ?? calendar.first;
      story.begin(last, world.standing(last));
    },
  ],
  [
    'delta-then-missing',
    (world, story) => {
      const { calendar } = world;
      const date = calendar.deltaAfter(calendar.full(1));
      story.begin(date, world.standing(date)).vanish(calendar.full(2));
    },
  ],
];
