import type { Client } from '../../../lambdas/domain/territories/client-priority.ts';
import type { Condition } from '../../../lambdas/domain/territories/condition.ts';
import type { TerritoriesConfig } from '../../../lambdas/domain/territories/territories-config.ts';
import type { TerritoryRule } from '../../../lambdas/domain/territories/territory-rule.ts';

/** The rules once more, as simply as they can be said: territory, requested advisor and overlays of one client. */
export interface NaiveJudgement {
  readonly territory: string;
  readonly rule: string;
  readonly requested: string | null;
  readonly secondaries: string[];
}

const ranks = { whitelist: 10, blacklist: 20, tier: 50, region: 100, segment: 100, parent: 100, custom: 100 };

function naiveHolds(condition: Condition, client: Client): boolean {
  if (condition.all) return condition.all.every((part) => naiveHolds(part, client));
  if (condition.any) return condition.any.some((part) => naiveHolds(part, client));
  if (condition.not) return !naiveHolds(condition.not, client);
  const { attribute, operator, value } = condition;
  const found = attribute === undefined ? null : client[attribute];
  if (operator === 'is_null') return found === null;
  if (found === null) return false;
  if (operator === 'equals') return found === value;
  if (operator === 'not_equals') return found !== value;
  if (operator === 'in') return (value as string[]).includes(found as string);
  if (operator === 'at_least') return Number(found) >= Number(value);
  throw new Error(`the reference does not know ${operator}`);
}

export function naiveJudge(client: Client, config: TerritoriesConfig): NaiveJudgement {
  const { unplaced } = config.default_rule;
  const own = { region: client.region ?? unplaced.region, segment: client.segment ?? unplaced.segment };
  const name = (area: { region?: string | undefined; segment?: string | undefined }) =>
    `${area.region ?? own.region}/${area.segment ?? own.segment}`;
  const covers = (area: { region?: string | undefined; segment?: string | undefined }, territory: string) => {
    const [region, segment] = territory.split('/');
    return (area.region ?? region) === region && (area.segment ?? segment) === segment;
  };
  const rank = (rule: TerritoryRule) => `${String(rule.priority ?? ranks[rule.kind]).padStart(5, '0')} ${rule.id}`;
  const hits = config.rules
    .filter((rule) => rule.is_active && naiveHolds(rule.condition, client))
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  const bans = hits.filter(({ kind }) => kind === 'blacklist');
  const wishes = hits.filter(({ kind }) => kind !== 'blacklist');
  const open = (territory: string) => !config.inactive_territories.some((area) => covers(area, territory));
  const allowed = (territory: string) =>
    !bans.some(({ effect }) => effect.territory !== undefined && covers(effect.territory, territory));
  const works = (email: string) => !config.advisors.some((one) => one.email === email && !one.is_active);
  const welcome = (email: string) => !bans.some(({ effect }) => effect.advisor === email);

  const place = wishes.find(({ kind, effect }) => {
    if (effect.territory === undefined) return false;
    return open(name(effect.territory)) && (kind === 'whitelist' || allowed(name(effect.territory)));
  });
  const ownOpen = open(name({})) && allowed(name({}));
  const territory = place?.effect.territory ? name(place.effect.territory) : name(ownOpen ? {} : unplaced);
  const named = wishes.find(
    ({ kind, effect }) =>
      effect.advisor !== undefined &&
      works(effect.advisor) &&
      (kind === 'whitelist' || welcome(effect.advisor)) &&
      (effect.territory === undefined || name(effect.territory) === territory),
  )?.effect.advisor;
  const stated = client.primary_advisor_email;
  const overlays = wishes.flatMap(({ kind, effect }) =>
    (effect.secondary ?? []).filter((one) => {
      const there = name(one.territory);
      if (!open(there) || there === territory) return false;
      return kind === 'whitelist' || (allowed(there) && (one.advisor === undefined || welcome(one.advisor)));
    }),
  );
  return {
    territory,
    rule: place?.id ?? config.default_rule.id,
    requested: named ?? (stated !== null && works(stated) && welcome(stated) ? stated : null),
    secondaries: [...new Set(overlays.map((one) => name(one.territory)))].sort(),
  };
}
