import { nameText } from '../org/generate/company-names.ts';
import { variantOf } from '../org/generate/name-variants.ts';
import { clientCount, copies } from './settings.ts';
import { advisorCapacity, type ClientTruth } from './truth.ts';
import type { ClientWorld } from './world.ts';

/** Active clients of the overloaded advisors; the smallest set has the first only. */
const overloads = [advisorCapacity + 8, advisorCapacity + 1, advisorCapacity + 21];
/** Clients of an advisor who are not active any more: they take no capacity. */
const formerClients = 3;

/** Advisors who have more clients than the capacity, and one who has exactly so many. Their clients stay as they are. */
export function plantDesks(world: ClientWorld): void {
  const isSmall = clientCount(world.settings) < 1_000;
  for (const active of [...(isSmall ? overloads.slice(0, 1) : overloads), advisorCapacity]) fillDesk(world, active);
}

function fillDesk(world: ClientWorld, active: number): void {
  const { calendar } = world;
  const desk = { region: 'Northeast', advisor: world.newAdvisor() };
  for (let number = 0; number < active + formerClients; number++) {
    const isActive = number < active;
    const story = world.newStory().begin(calendar.first, world.standing(calendar.first, { ...desk, isActive }));
    story.repeat(calendar.delta(world.random.next()));
  }
}

const variations = ['typo', 'legal-form', 'word-order'] as const;

/** Pairs of clients that are one company under two names; the second record is the poorer one. */
export function plantDuplicates(world: ClientWorld): ClientTruth['duplicates'] {
  const { calendar, random, place } = world;
  const firsts = Array.from({ length: copies(world.settings, 20) }, () =>
    variations.map((variation) => {
      const name = { ...world.newName(), legalForm: 'Inc.' };
      const standing = world.standing(calendar.first, { name: nameText(name) });
      const story = world.newStory().begin(calendar.first, standing);
      return { variation, name, standing, story };
    }),
  ).flat();
  return firsts.map(({ variation, name, standing, story }) => {
    let variant = variantOf(name, variation, place, random);
    // Another legal form may be the same one by chance.
    while (variant === standing.name) variant = variantOf(name, variation, place, random);
    const poorer = { ...standing, name: variant, parentOrg: null, revenue: null };
    const other = world.newStory().begin(calendar.first, poorer);
    return { client_id_a: story.id, client_id_b: other.id, variation };
  });
}
