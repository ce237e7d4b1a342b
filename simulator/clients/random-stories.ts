import type { ClientStory, Standing } from './story.ts';
import type { ClientWorld } from './world.ts';

const fromFirstDay = 0.88;
const mostChanges = 4;
const mostRepetitions = 3;

/** An ordinary client: there from the first day or later, with a few changes and repetitions. */
export function tellRandomStory(world: ClientWorld, story: ClientStory): void {
  const { calendar, random } = world;
  const { dates, deltas } = calendar;
  const begin = random.chance(fromFirstDay) ? calendar.first : random.pick(deltas);
  story.begin(begin, world.standing(begin));
  const days = random.sample(dates, random.integer(0, mostChanges)).sort();
  for (const date of days) {
    const last = story.phases.at(-1);
    if (last === undefined || date <= last.from) continue;
    if (last.missing) story.change(date);
    else takeStep(world, story, last.standing, date);
  }
  for (const date of random.sample(deltas, random.integer(0, mostRepetitions))) {
    // The record of a missing client would bring it back.
    if (story.listedAt(date) !== null && story.sentAt(date) === null) {
      story.repeat(date, random.chance(0.2) ? 'respelled' : 'same');
    }
  }
}

function takeStep(world: ClientWorld, story: ClientStory, standing: Standing, date: string): void {
  const { calendar, random } = world;
  const luck = random.next();
  const full = calendar.fullFrom(date);
  if (!standing.isActive) story.change(date, luck < 0.6 ? { isActive: true } : {});
  else if (luck < 0.3) story.change(date, { advisor: world.advisorOf(standing.region) });
  else if (luck < 0.5) {
    const region = world.region(date);
    story.change(date, { region, advisor: random.chance(0.8) ? world.advisorOf(region) : standing.advisor });
  } else if (luck < 0.68) story.change(date, { segment: world.segment(date) });
  else if (luck < 0.8) story.change(date, { parentOrg: random.pick([...world.parents, null]) });
  else if (luck < 0.86) story.change(date, { isActive: false });
  else if (luck < 0.92 && full !== null) story.vanish(full);
  else story.change(date);
}
