import type { Judgement } from './judge-clients.ts';
import type { TerritoriesConfig } from './territories-config.ts';
import { pairKey, refersTo, type TerritoryPair } from './territory-codes.ts';
import { textOrder } from './text-order.ts';

export type AdvisorStatus = 'ASSIGNED' | 'OVERFLOW' | 'OVER_CAPACITY' | 'NO_ADVISOR';

/** Who looks after a client, and how it came to that. */
export interface Placement {
  /** E-mail, lower case; null where nobody is free. */
  readonly advisor: string | null;
  readonly status: AdvisorStatus;
}

/** The client's PRIMARY assignment before this run. */
export interface Incumbency {
  readonly pair: TerritoryPair;
  readonly advisor: string | null;
  readonly requestedAdvisor: string | null;
}

export interface Advisor {
  readonly email: string;
  readonly capacity: number;
  clients: number;
}

export type CapacityConfig = Pick<TerritoriesConfig, 'advisors' | 'default_capacity'>;

/**
 * Finds an advisor for each judged client (sorted by client_key), so that nobody new comes to an advisor who has as many active PRIMARY
 * clients as their capacity. First whoever was there before with the same territory and request stays, also where a capacity was
 * lowered since; then requests are met while there is room; then the rest goes to the lowest utilisation in the territory (ties:
 * fewer clients, then e-mail). Returns placements in the judgements' order, and every advisor with the number of clients.
 */
export function placeClients(
  judgements: readonly Judgement[],
  incumbencies: ReadonlyMap<string, Incumbency>,
  config: CapacityConfig,
): { placements: Placement[]; advisors: ReadonlyMap<string, Advisor> } {
  const advisors = advisorsOf(judgements, config);
  const idle = new Set(config.advisors.filter(({ is_active }) => !is_active).map(({ email }) => email));
  const placements = judgements.map((judgement): Placement | null => {
    const before = incumbencies.get(judgement.client.client_key);
    if (before === undefined || before.advisor === null || !stays(judgement, before, idle)) return null;
    take(advisors, before.advisor, config);
    const asked = judgement.requestedAdvisor;
    return { advisor: before.advisor, status: asked === null || asked === before.advisor ? 'ASSIGNED' : 'OVERFLOW' };
  });
  for (const [index, { requestedAdvisor }] of judgements.entries()) {
    if (placements[index] !== null || requestedAdvisor === null) continue;
    const advisor = advisors.get(requestedAdvisor);
    if (advisor === undefined || advisor.clients >= advisor.capacity) continue;
    advisor.clients++;
    placements[index] = { advisor: advisor.email, status: 'ASSIGNED' };
  }
  const colleagues = territoryColleagues(judgements, advisors, config);
  const settled = judgements.map((judgement, index): Placement => {
    return placements[index] ?? overflow(judgement, colleagues.get(pairKey(judgement.primary.pair)) ?? []);
  });
  return { placements: settled, advisors };
}

function stays(
  { primary, requestedAdvisor, barredAdvisors }: Judgement,
  before: Incumbency,
  idle: ReadonlySet<string>,
) {
  return (
    pairKey(primary.pair) === pairKey(before.pair) &&
    requestedAdvisor === before.requestedAdvisor &&
    before.advisor !== null &&
    !barredAdvisors.has(before.advisor) &&
    !idle.has(before.advisor)
  );
}

/** Declared advisors who work, and whoever is asked for. */
function advisorsOf(judgements: readonly Judgement[], config: CapacityConfig): Map<string, Advisor> {
  const advisors = new Map<string, Advisor>();
  for (const { email, capacity, is_active } of config.advisors) {
    if (is_active) advisors.set(email, { email, capacity: capacity ?? config.default_capacity, clients: 0 });
  }
  for (const { requestedAdvisor } of judgements) {
    if (requestedAdvisor !== null && !advisors.has(requestedAdvisor))
      advisors.set(requestedAdvisor, { email: requestedAdvisor, capacity: config.default_capacity, clients: 0 });
  }
  return advisors;
}

function take(advisors: Map<string, Advisor>, email: string, config: CapacityConfig): void {
  const advisor = advisors.get(email) ?? { email, capacity: config.default_capacity, clients: 0 };
  advisor.clients++;
  advisors.set(email, advisor);
}

/** Territory -> its advisors: those declared for it, and those without declared territories whom its clients ask for. */
function territoryColleagues(
  judgements: readonly Judgement[],
  advisors: ReadonlyMap<string, Advisor>,
  config: CapacityConfig,
): Map<string, Advisor[]> {
  const declared = config.advisors.filter(({ is_active, territories }) => is_active && territories.length > 0);
  const bound = new Set(declared.map(({ email }) => email));
  const emails = new Map<string, Set<string>>();
  for (const { primary, requestedAdvisor } of judgements) {
    const key = pairKey(primary.pair);
    let found = emails.get(key);
    if (found === undefined) {
      const local = declared.filter(({ territories }) => territories.some((area) => refersTo(area, primary.pair)));
      found = new Set(local.map(({ email }) => email));
      emails.set(key, found);
    }
    if (requestedAdvisor !== null && !bound.has(requestedAdvisor)) found.add(requestedAdvisor);
  }
  const known = (email: string) => advisors.get(email) ?? [];
  return new Map([...emails].map(([key, found]) => [key, [...found].toSorted(textOrder).flatMap(known)]));
}

function overflow({ requestedAdvisor, barredAdvisors }: Judgement, colleagues: readonly Advisor[]): Placement {
  let best: Advisor | undefined;
  let eligible = requestedAdvisor !== null;
  for (const advisor of colleagues) {
    if (barredAdvisors.has(advisor.email)) continue;
    eligible = true;
    if (advisor.clients < advisor.capacity && (best === undefined || isFreer(advisor, best))) best = advisor;
  }
  if (best === undefined) return { advisor: null, status: eligible ? 'OVER_CAPACITY' : 'NO_ADVISOR' };
  best.clients++;
  return { advisor: best.email, status: requestedAdvisor === null ? 'ASSIGNED' : 'OVERFLOW' };
}

/** Compares clients / capacity without a division; both have room, so no capacity is 0. E-mails come in order already. */
function isFreer(one: Advisor, other: Advisor): boolean {
  const difference = one.clients * other.capacity - other.clients * one.capacity;
  return difference < 0 || (difference === 0 && one.clients < other.clients);
}
