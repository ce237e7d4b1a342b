import { verifyAssertion } from './jwt-bearer.ts';
import { OAuthError } from './oauth-error.ts';
import type { RegisteredClient, Registrations } from './registrations.ts';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * The Id of the user that a request to the token endpoint logs in.
 * @param form fields of the request's body
 * @param audiences login hosts that a JWT may name
 * @param now real time
 * @throws OAuthError
 */
export function grantedUser(
  form: URLSearchParams,
  registrations: Registrations,
  audiences: readonly string[],
  now: Date,
): string {
  switch (form.get('grant_type')) {
    case JWT_BEARER:
      return verifyAssertion(form.get('assertion') ?? '', registrations, audiences, now);
    case 'client_credentials':
      return clientCredentialsUser(authenticatedClient(form, registrations), registrations);
    case 'password':
      return passwordUser(form, registrations);
    case 'refresh_token':
      return refreshedUser(form, registrations);
    default:
      throw new OAuthError('unsupported_grant_type', 'grant type not supported');
  }
}

function knownClient(form: URLSearchParams, registrations: Registrations): RegisteredClient {
  const client = registrations.client(form.get('client_id') ?? '');
  if (client === undefined) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  return client;
}

function authenticatedClient(form: URLSearchParams, registrations: Registrations): RegisteredClient {
  const client = knownClient(form, registrations);
  if (client.clientSecret === undefined || form.get('client_secret') !== client.clientSecret) {
    throw new OAuthError('invalid_client', 'invalid client credentials');
  }
  return client;
}

function clientCredentialsUser(client: RegisteredClient, registrations: Registrations): string {
  const userId = client.runAs === undefined ? undefined : registrations.userId(client.runAs);
  if (userId === undefined) throw new OAuthError('invalid_grant', 'no client credentials user enabled');
  return userId;
}

function passwordUser(form: URLSearchParams, registrations: Registrations): string {
  authenticatedClient(form, registrations);
  const userId = registrations.login(form.get('username') ?? '', form.get('password') ?? '');
  if (userId === undefined) throw new OAuthError('invalid_grant', 'authentication failure');
  return userId;
}

function refreshedUser(form: URLSearchParams, registrations: Registrations): string {
  const client = knownClient(form, registrations);
  const secret = form.get('client_secret');
  if (secret !== null && secret !== client.clientSecret) {
    throw new OAuthError('invalid_client', 'invalid client credentials');
  }
  const grant = client.refreshTokens?.find(({ token }) => token === form.get('refresh_token'));
  const userId = grant === undefined ? undefined : registrations.userId(grant.username);
  if (userId === undefined) throw new OAuthError('invalid_grant', 'expired access/refresh token');
  return userId;
}
