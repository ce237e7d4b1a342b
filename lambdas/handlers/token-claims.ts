import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { scopesOf } from '../api/principal.ts';
import { roles } from '../api/contract/health.ts';

/**
 * Puts into an access token what the API decides by: the scopes of the user's group, and the territories that an administrator gave the
 * user. Of several groups the one that may least counts; without one the token opens nothing.
 */
export async function handler(event: PreTokenGenerationV2TriggerEvent): Promise<PreTokenGenerationV2TriggerEvent> {
  const groups = event.request.groupConfiguration.groupsToOverride ?? [];
  const role = roles.toReversed().find((each) => groups.includes(each));
  const territories = event.request.userAttributes['custom:territories'] ?? '';
  event.response = {
    claimsAndScopeOverrideDetails: {
      accessTokenGeneration: {
        claimsToAddOrOverride: { 'custom:territories': territories },
        scopesToAdd: (role === undefined ? [] : scopesOf[role]).map((scope) => `headwater/${scope}`),
      },
    },
  };
  return event;
}
