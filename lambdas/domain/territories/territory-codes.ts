import type { TerritoriesConfig } from './territories-config.ts';
import { PrefixBook } from './code-prefixes.ts';
import { textsOrder } from './text-order.ts';

export interface TerritoryPair {
  readonly region: string;
  readonly segment: string;
}

/** A row of `gold.territory_dim`: one pair of region and segment with its code. */
export interface Territory extends TerritoryPair {
  readonly territory_id: string;
  readonly owner_role: string;
  readonly is_active: boolean;
  /** YYYY-MM-DD */
  readonly issued_on: string;
}

export const territoryColumns = [
  'territory_id',
  'region',
  'segment',
  'owner_role',
  'is_active',
  'issued_on',
] as const satisfies readonly (keyof Territory)[];

export type CodeConfig = Pick<TerritoriesConfig, 'regions' | 'segments' | 'owner_roles' | 'inactive_territories'>;

/** One text for a pair; U+001F stands in no name of a region that a person wrote. */
export function pairKey({ region, segment }: TerritoryPair): string {
  return `${region}\u001f${segment}`;
}

export function samePair(a: TerritoryPair, b: TerritoryPair): boolean {
  return a.region === b.region && a.segment === b.segment;
}

/**
 * `gold.territory_dim` (territory_id, region, segment, owner_role, is_active, issued_on): the territories issued earlier with their
 * codes and dates as they are, then a new one, issued on `issuedOn`, for each pair that has none, in the order given. owner_role and
 * is_active follow the configuration. A reserved prefix goes to its own region or segment whatever arrived first; should a code
 * issued before the reservation stand in the way, the next free prefix is taken. Ids and pairs stay one to one.
 * Sorted by issued_on and territory_id.
 */
export function issueTerritories(
  previous: readonly Territory[],
  pairs: readonly TerritoryPair[],
  config: CodeConfig,
  issuedOn: string,
): Territory[] {
  const regions = new PrefixBook(config.regions);
  const segments = new PrefixBook(config.segments);
  const issued = new Map<string, Territory>();
  const taken = new Set<string>();
  const add = (territory: Territory) => {
    const [region = '', segment = ''] = territory.territory_id.split('_');
    regions.note(territory.region, region);
    segments.note(territory.segment, segment);
    taken.add(territory.territory_id);
    issued.set(pairKey(territory), { ...territory, ...standing(territory, config) });
  };
  const inOrder = previous.toSorted(byIssue);
  for (const territory of inOrder) add(territory);
  for (const { region, segment } of pairs) {
    if (issued.has(pairKey({ region, segment }))) continue;
    const territory_id = freeCode(regions.choices(region), () => segments.choices(segment), taken);
    add({ territory_id, region, segment, ...standing({ region, segment }, config), issued_on: issuedOn });
  }
  return [...issued.values()].toSorted(byIssue);
}

function byIssue(a: Territory, b: Territory): number {
  return textsOrder([a.issued_on, a.territory_id], [b.issued_on, b.territory_id]);
}

/** The first code that no other pair has; the region's prefix gives way before the segment's. */
function freeCode(
  regionChoices: Iterable<string>,
  segmentChoices: () => Generator<string>,
  taken: ReadonlySet<string>,
): string {
  const [segment = ''] = segmentChoices();
  for (const region of regionChoices) {
    const code = `${region}_${segment}`;
    if (!taken.has(code)) return code;
  }
  throw new RangeError('the choices of a region never end without an error of their own');
}

function standing(pair: TerritoryPair, config: CodeConfig): Pick<Territory, 'owner_role' | 'is_active'> {
  const { default: usual, by_region, by_segment } = config.owner_roles;
  return {
    owner_role: own(by_region, pair.region) ?? own(by_segment, pair.segment) ?? usual,
    is_active: !config.inactive_territories.some((reference) => refersTo(reference, pair)),
  };
}

/** A name that comes from data may be `constructor`, which every object has. */
function own(roles: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(roles, name) ? roles[name] : undefined;
}

/** Whether a reference (a region, a segment or both) means the pair. */
export function refersTo(
  reference: { readonly region?: string | undefined; readonly segment?: string | undefined },
  pair: TerritoryPair,
): boolean {
  return (
    (reference.region === undefined || reference.region === pair.region) &&
    (reference.segment === undefined || reference.segment === pair.segment)
  );
}
