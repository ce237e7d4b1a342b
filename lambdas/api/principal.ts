import { z } from 'zod';
import { roles, type Role, type Scope } from './contract/health.ts';

/** Who asks, and what they may do. */
export interface Principal {
  readonly subject: string;
  readonly role: Role;
  readonly scopes: readonly Scope[];
  /** Only customers of these territories are shown; null: of all. */
  readonly territories: readonly string[] | null;
}

/** What each role may do. An advisor acts for customers of own territories and sees no figures of the whole company. */
export const scopesOf: Readonly<Record<Role, readonly Scope[]>> = {
  admin: ['customers:read', 'actions:execute', 'company:read', 'operations:read'],
  manager: ['customers:read', 'actions:execute', 'company:read'],
  analyst: ['customers:read', 'company:read'],
  advisor: ['customers:read', 'actions:execute'],
  operator: ['operations:read'],
};

export function principal(subject: string, role: Role, territories: readonly string[] | null = null): Principal {
  // An advisor without territories sees nobody; everybody else sees all.
  return { subject, role, scopes: scopesOf[role], territories: role === 'advisor' ? (territories ?? []) : null };
}

/** The identifier of the API at the authorizer, before the name of a scope. */
const scopePrefix = 'headwater/';

const claimsSchema = z.looseObject({
  sub: z.string().min(1),
  'cognito:groups': z.union([z.string(), z.array(z.string())]).optional(),
  'custom:territories': z.string().optional(),
  scope: z.string().optional(),
});

/**
 * The principal of a JWT that an authorizer has verified. The role is the group of that name, the weakest where there are several; territories are
 * the claim `custom:territories`, separated by spaces or commas. Scopes of this API in the claim `scope` narrow what the role may do. Null when the
 * claims name no role: such a login may do nothing.
 */
export function principalOfClaims(claims: unknown): Principal | null {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) return null;
  const groups = words(parsed.data['cognito:groups']);
  const role = roles.toReversed().find((each) => groups.includes(each));
  if (role === undefined) return null;
  const found = principal(parsed.data.sub, role, words(parsed.data['custom:territories']));
  const asked = words(parsed.data.scope).filter((scope) => scope.startsWith(scopePrefix));
  if (asked.length === 0) return found;
  return { ...found, scopes: found.scopes.filter((scope) => asked.includes(scopePrefix + scope)) };
}

/** An HTTP API hands lists over as `[one two]`. */
function words(claim: string | readonly string[] | undefined): string[] {
  const text = typeof claim === 'object' ? claim.join(' ') : (claim ?? '');
  return text.split(/[\s,[\]"]+/).filter((word) => word !== '');
}
