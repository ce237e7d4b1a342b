import { Random } from '../../random.ts';
import { salesforceId } from '../salesforce-id.ts';
import { account as shape } from '../shapes/customers.ts';
import { industries } from '../shapes/picklists.ts';
import type { DuplicateGroup } from './casting.ts';
import { type CompanyName, nameText } from './company-names.ts';
import { variantOf } from './name-variants.ts';
import { type Place, placeChoice, places } from './places.ts';
import type { Plant } from './plants.ts';
import { plainLetters } from './unlike-words.ts';
import type { OrgWorld } from './world.ts';

export type Segment = 'Enterprise' | 'Mid-Market' | 'SMB';

/** Least and most, both included. */
export type Range = readonly [number, number];

/** Who an account is; its records follow from that. */
export interface Story {
  readonly number: number;
  readonly id: string;
  /** Stream of this account alone, so that accounts do not depend on each other. */
  readonly random: Random;
  readonly plant: Plant | null;
  readonly group: DuplicateGroup | null;
  readonly name: string;
  /** Internet domain, the same for all accounts of a company. */
  readonly domain: string;
  readonly industry: string;
  readonly segment: Segment;
  readonly place: Place;
  readonly parentId: string | null;
  readonly ownerId: string;
  readonly createdDay: number;
  readonly standing: 'customer' | 'prospect' | 'former';
  readonly contacts: number;
  readonly opportunities: number;
}

/** What a story depends on. */
export type StoryWorld = Pick<OrgWorld, 'settings' | 'today' | 'casting' | 'companyNames' | 'users'>;

interface Identity {
  readonly company: CompanyName;
  readonly name: string;
  readonly industry: string;
  readonly place: Place;
  readonly parentId: string | null;
}

export function accountId(number: number): string {
  return salesforceId(shape.keyPrefix, number);
}

export function makeStory(world: StoryWorld, number: number): Story {
  const { settings, casting, today, users } = world;
  const random = new Random(settings.seed, `account ${number}`);
  const plant = casting.plants.get(number) ?? null;
  const group = casting.groupOf.get(number) ?? null;
  const identity = group === null ? ordinaryIdentity(world, number, random) : groupIdentity(world, group, number);
  const luck = random.next();
  const standing = plant !== null || luck < 0.62 ? 'customer' : luck < 0.92 ? 'prospect' : 'former';
  const sellers = users.sellers.get(identity.place.region) ?? [users.integration];
  return {
    number,
    id: accountId(number),
    random,
    plant,
    group,
    name: identity.name,
    domain: `${identity.company.words.map(plainLetters).join('')}.example`,
    industry: identity.industry,
    segment: random.chance(0.12) ? 'Enterprise' : random.chance(0.35) ? 'Mid-Market' : 'SMB',
    place: identity.place,
    parentId: identity.parentId,
    ownerId: random.pick(sellers),
    createdDay: today - (standing === 'prospect' ? random.integer(30, 600) : random.integer(800, 1_300)),
    standing,
    ...shareOf(world, number),
  };
}

function ordinaryIdentity(world: StoryWorld, number: number, random: Random): Identity {
  const industry = random.pick(industries);
  const place = placeChoice.pick(random);
  const company = world.companyNames.name(number, industry, place, random);
  return { company, name: nameText(company), industry, place, parentId: null };
}

/** The first account has the plain name; the others a variant each, in other regions where the group is across regions. */
function groupIdentity(world: StoryWorld, group: DuplicateGroup, number: number): Identity {
  const [head = number] = group.members;
  const random = new Random(world.settings.seed, `group ${group.number}`);
  const plain = ordinaryIdentity(world, head, random);
  if (number === head) return plain;
  const member = new Random(world.settings.seed, `group ${group.number} member ${number}`);
  const elsewhere = places.filter(({ region }) => (region === plain.place.region) !== group.acrossRegions);
  const place = member.pick(group.acrossRegions ? inOneRegion(elsewhere, group, number) : elsewhere);
  const name = variantOf(plain.company, group.variation, place, member);
  return { ...plain, name, place, parentId: group.variation === 'typo' ? accountId(head) : null };
}

/** Second and third member of a group sit in different regions too. */
function inOneRegion(elsewhere: readonly Place[], group: DuplicateGroup, number: number): readonly Place[] {
  const regions = [...new Set(elsewhere.map(({ region }) => region))];
  const region = regions[(group.number + group.members.indexOf(number)) % regions.length];
  return elsewhere.filter((place) => place.region === region);
}

/** Pairs of ordinary accounts share their contacts and opportunities unevenly, so that the sums are exact. */
function shareOf({ casting }: StoryWorld, number: number): Pick<Story, 'contacts' | 'opportunities'> {
  const pair = Math.floor(number / 2);
  if ([2 * pair, 2 * pair + 1].some((one) => casting.plants.has(one))) return { contacts: 3, opportunities: 5 };
  const sign = number % 2 === 0 ? 1 : -1;
  return { contacts: 3 + sign * (pair % 3), opportunities: 5 + sign * ((pair * 7) % 5) };
}
