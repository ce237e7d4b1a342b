import { describe, expect, test } from 'vitest';
import { principalOfClaims } from '../../lambdas/api/principal.ts';
import { handler } from '../../lambdas/handlers/token-claims.ts';

async function claimsFor(groups: string[] | undefined, attributes: Record<string, string> = {}) {
  const event = {
    request: { groupConfiguration: { groupsToOverride: groups }, userAttributes: attributes },
    response: {},
  } as unknown as Parameters<typeof handler>[0];
  const { response } = await handler(event);
  const { claimsToAddOrOverride = {}, scopesToAdd = [] } =
    response.claimsAndScopeOverrideDetails?.accessTokenGeneration ?? {};
  return { claims: claimsToAddOrOverride, scopes: scopesToAdd };
}

describe('claims of an access token', () => {
  test('are the scopes of the group', async () => {
    expect((await claimsFor(['analyst'])).scopes).toEqual(['headwater/customers:read', 'headwater/company:read']);
  });

  test('are those of the group that may least, where somebody is in several', async () => {
    expect((await claimsFor(['admin', 'operator'])).scopes).toEqual(['headwater/operations:read']);
  });

  test.each([[undefined], [[]], [['somebody-elses-group']]])('are no scopes for the groups %j', async (groups) => {
    expect((await claimsFor(groups)).scopes).toEqual([]);
  });

  test('name the territories, and the API reads them so', async () => {
    const { claims, scopes } = await claimsFor(['advisor'], { 'custom:territories': 'NOR_INS, MID_RET' });
    const read = principalOfClaims({ ...claims, sub: 'a', 'cognito:groups': '[advisor]', scope: scopes.join(' ') });
    expect(read).toMatchObject({ role: 'advisor', territories: ['NOR_INS', 'MID_RET'] });
    expect(read?.scopes).toEqual(['customers:read', 'actions:execute']);
  });

  test('are no territories for an advisor without any: the API shows nobody', async () => {
    const { claims } = await claimsFor(['advisor']);
    expect(principalOfClaims({ ...claims, sub: 'a', 'cognito:groups': '[advisor]' })?.territories).toEqual([]);
  });
});
