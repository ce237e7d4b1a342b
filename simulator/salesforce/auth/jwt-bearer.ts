import { createPublicKey, verify } from 'node:crypto';
import { OAuthError } from './oauth-error.ts';
import type { Registrations } from './registrations.ts';

/** The longest time a JWT may still be valid: Salesforce wants short-lived ones. */
const LONGEST_VALIDITY_SECONDS = 300;

/**
 * The Id of the user that a signed JWT logs in. The signature is verified (RS256) with the certificate of the app in `iss`; `aud`
 * must be this login host, `exp` must lie ahead, by real time.
 * @throws OAuthError
 */
export function verifyAssertion(
  assertion: string,
  registrations: Registrations,
  audiences: readonly string[],
  now: Date,
): string {
  const [header = '', payload = '', signature = '', ...rest] = assertion.split('.');
  const claims = decode(payload);
  if (rest.length > 0 || decode(header).alg !== 'RS256') throw invalidAssertion();
  const client = registrations.client(String(claims.iss));
  if (client === undefined) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  if (client.certificate === undefined) throw new OAuthError('invalid_grant', 'no certificate uploaded');
  const key = createPublicKey(client.certificate);
  const signed = verify('RSA-SHA256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
  if (!signed) throw invalidAssertion();
  const audience = String(claims.aud).replace(/\/$/, '');
  if (!audiences.includes(audience)) throw new OAuthError('invalid_grant', 'audience is invalid');
  const remaining = Number(claims.exp) - now.getTime() / 1000;
  if (!(remaining > 0)) throw new OAuthError('invalid_grant', 'expired authorization code');
  if (remaining > LONGEST_VALIDITY_SECONDS) throw invalidAssertion();
  const userId = registrations.userId(String(claims.sub));
  if (userId === undefined) throw new OAuthError('invalid_grant', "user hasn't approved this consumer");
  return userId;
}

function decode(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch {
    // Falls through: not JSON is as bad as the wrong JSON.
  }
  throw invalidAssertion();
}

function invalidAssertion(): OAuthError {
  return new OAuthError('invalid_grant', 'invalid assertion');
}
