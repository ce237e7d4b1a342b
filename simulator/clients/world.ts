import { namePools } from '../drops/people.ts';
import { CompanyNames, nameText, type CompanyName } from '../org/generate/company-names.ts';
import { type Place, places } from '../org/generate/places.ts';
import { plainLetters } from '../org/generate/unlike-words.ts';
import { Random } from '../random.ts';
import type { WeightedChoice } from '../weighted-choice.ts';
import { ClientCalendar } from './calendar.ts';
import { openAt, regions, segments } from './regions.ts';
import { type ClientSettings, clientCount, copies } from './settings.ts';
import { ClientStory, type Standing } from './story.ts';

const clientsPerAdvisor = 28;
const trades = ['Banking', 'Consulting', 'Healthcare', 'Manufacturing', 'Retail', 'Technology', 'Energy', 'Media'];
export const sampleNames = ['Atlas Capital Partners', 'Beacon Wealth Management', 'Crescent Advisory Group'];

/** What stories are made of: days, people, names, and the next free number. */
export class ClientWorld {
  readonly settings: ClientSettings;
  readonly calendar: ClientCalendar;
  readonly random: Random;
  readonly place: Place;
  /** In the order of ids. */
  readonly stories: ClientStory[] = [];
  readonly parents: readonly string[];
  readonly #advisors: ReadonlyMap<string, readonly string[]>;
  readonly #names: CompanyNames;
  readonly #choices = new Map<string, { region: WeightedChoice<string>; segment: WeightedChoice<string> }>();
  readonly #mailboxes: Iterator<string, never>;
  #named = 0;

  constructor(settings: ClientSettings) {
    const [place] = places;
    if (place === undefined) throw new RangeError('expected at least one place');
    this.place = place;
    this.settings = settings;
    this.calendar = new ClientCalendar(settings);
    this.random = new Random(settings.seed, 'clients');
    this.#names = new CompanyNames(settings.seed);
    this.#mailboxes = mailboxes(settings.seed);
    const count = clientCount(settings);
    const weight = regions.reduce((sum, region) => sum + region.weight, 0);
    this.#advisors = new Map(
      regions.map((region) => {
        const size = Math.max(3, Math.round((count * region.weight) / weight / clientsPerAdvisor));
        return [region.name, Array.from({ length: size }, () => this.newAdvisor())];
      }),
    );
    // Some parent organisations are clients themselves.
    const holdings = Array.from(
      { length: copies(settings, 60) + 5 },
      () => `${this.newName().words.join(' ')} Holdings`,
    );
    this.parents = [...sampleNames, ...holdings];
  }

  /** E-mail address of an advisor who has no client yet, and gets none by chance. */
  newAdvisor(): string {
    return this.#mailboxes.next().value;
  }

  advisorOf(region: string): string {
    return this.random.pick(this.#advisors.get(region) ?? []);
  }

  /** Advisors of a region but one. */
  colleagues(region: string, but: string | null): readonly string[] {
    return (this.#advisors.get(region) ?? []).filter((advisor) => advisor !== but);
  }

  newName(): CompanyName {
    return this.#names.name(this.#named++, this.random.pick(trades), this.place, this.random);
  }

  region(date: string): string {
    return this.#choicesAt(date).region.pick(this.random);
  }

  segment(date: string): string {
    return this.#choicesAt(date).segment.pick(this.random);
  }

  /** What a new client's record says; what is given stays. */
  standing(date: string, given: Partial<Standing> = {}): Standing {
    const region = given.region ?? this.region(date);
    return {
      name: nameText(this.newName()),
      region,
      segment: this.segment(date),
      parentOrg: this.random.chance(0.4) ? this.random.pick(this.parents) : null,
      advisor: this.advisorOf(region),
      isActive: true,
      revenue: this.random.integer(20, 90_000) * 1_000,
      ...given,
    };
  }

  /** A client without a story yet; it gets the next id. */
  newStory(): ClientStory {
    const story = new ClientStory(`CL-${String(this.stories.length + 1).padStart(6, '0')}`, this.random);
    this.stories.push(story);
    return story;
  }

  #choicesAt(date: string): { region: WeightedChoice<string>; segment: WeightedChoice<string> } {
    const known = this.#choices.get(date);
    if (known !== undefined) return known;
    const made = { region: openAt(regions, this.calendar, date), segment: openAt(segments, this.calendar, date) };
    this.#choices.set(date, made);
    return made;
  }
}

/** E-mail addresses of people, no two the same. */
function* mailboxes(seed: number): Generator<string, never> {
  const { english } = namePools(seed);
  const random = new Random(seed, 'advisors');
  const taken = new Set<string>();
  for (;;) {
    const person = `${plainLetters(random.pick(english.first))}.${plainLetters(random.pick(english.last))}`;
    const mailbox = taken.has(person) ? `${person}${taken.size}` : person;
    taken.add(mailbox);
    yield `${mailbox}@advisors.example`;
  }
}
