import { event as eventShape, task as taskShape } from '../shapes/service.ts';
import { audit } from './audit.ts';
import type { Story } from './story.ts';
import { at, momentOf } from './timeline.ts';
import { nextId, type OrgWorld } from './world.ts';

export interface ActivityFacts {
  readonly daysSinceActivity: number | null;
  /** Completed in the last 90 days. */
  readonly activities: number;
}

/** What the activities may be about. */
interface Subjects {
  readonly contactIds: readonly string[];
  readonly opportunityIds: readonly string[];
}

/** Writes tasks and events: completed ones as planned, and now and then an open or a deleted task. */
export function addActivities(world: OrgWorld, story: Story, subjects: Subjects): ActivityFacts {
  const { random } = story;
  const days = completedDaysAgo(story);
  for (const daysAgo of days) {
    if (random.chance(0.75)) addTask(world, story, subjects, { dueDaysAgo: daysAgo, completed: true });
    else addEvent(world, story, subjects, daysAgo);
  }
  if (random.chance(0.3)) addTask(world, story, subjects, { dueDaysAgo: random.integer(-30, 10), completed: false });
  if (random.chance(0.02)) addTask(world, story, subjects, { dueDaysAgo: 3, completed: true, deleted: true });
  return {
    daysSinceActivity: days.length === 0 ? null : Math.min(...days),
    activities: days.filter((daysAgo) => daysAgo < 90).length,
  };
}

/** Never 84 to 99 days ago, where a definition off by a day would count differently, nor a score close to 30. */
function completedDaysAgo({ random, plant }: Story): readonly number[] {
  const some = (count: number, least: number, most: number): number[] =>
    Array.from({ length: count }, () => random.integer(least, most));
  const old = some(random.pick([0, 0, 1, 1, 2]), 100, 600);
  if (plant === 'silent' || plant === 'churning') return [...some(2, 120, 300), ...old];
  if (plant === 'churn-at-70') return [0, 5, 12, 20, 33, 47, ...old];
  // A few ordinary accounts are neglected: one activity, long ago.
  if (plant === null && random.chance(0.06)) return [...some(1, 65, 80), ...old];
  return [random.integer(0, 20), ...some(random.integer(2, 5), 1, 80), ...old];
}

interface TaskTraits {
  readonly dueDaysAgo: number;
  readonly completed: boolean;
  readonly deleted?: boolean;
}

function addTask(
  world: OrgWorld,
  story: Story,
  subjects: Subjects,
  { dueDaysAgo, completed, deleted = false }: TaskTraits,
): void {
  const { files, today } = world;
  const { random, ownerId, place } = story;
  const day = today - dueDaysAgo;
  const done = momentOf(Math.min(today, day), random);
  const created = Math.min(done, momentOf(Math.min(day, today) - random.integer(0, 14), random));
  files.add('Task', {
    Id: nextId(files, 'Task', taskShape.keyPrefix),
    ...about(story, subjects),
    AccountId: story.id,
    Subject: random.pick(['Call', 'Send quote', 'Email', 'Follow up', 'Prepare review']),
    ActivityDate: day,
    Status: completed ? 'Completed' : random.pick(['Not Started', 'In Progress']),
    Priority: random.pick(['High', 'Normal', 'Normal', 'Low']),
    IsClosed: completed,
    TaskSubtype: random.pick(['Task', 'Email', 'Call']),
    CurrencyIsoCode: place.currency,
    OwnerId: ownerId,
    ...audit(created, completed ? done : created, ownerId),
    IsDeleted: deleted,
  });
}

function addEvent(world: OrgWorld, story: Story, subjects: Subjects, daysAgo: number): void {
  const { files, today } = world;
  const { random, ownerId, place } = story;
  const day = today - daysAgo;
  const start = at(day, random.integer(9, 16));
  const minutes = random.pick([30, 45, 60]);
  const created = momentOf(day - random.integer(1, 14), random);
  files.add('Event', {
    Id: nextId(files, 'Event', eventShape.keyPrefix),
    ...about(story, subjects),
    AccountId: story.id,
    Subject: random.pick(['Meeting', 'Demo', 'Business review', 'Training']),
    Location: random.chance(0.5) ? 'Online' : null,
    ActivityDate: day,
    StartDateTime: start,
    EndDateTime: start + 60 * minutes,
    DurationInMinutes: minutes,
    CurrencyIsoCode: place.currency,
    OwnerId: ownerId,
    ...audit(created, Math.max(created, start), ownerId),
  });
}

function about({ random, id }: Story, { contactIds, opportunityIds }: Subjects): { WhoId: string; WhatId: string } {
  const deal = random.chance(0.4);
  return { WhoId: random.pick(contactIds), WhatId: deal ? random.pick(opportunityIds) : id };
}
