import { createSign } from 'node:crypto';
import { z } from 'zod';
import { ConfigurationError } from '../../domain/errors.ts';

const loginUrl = z.url({ protocol: /^https?$/ });
const text = z.string().min(1);

const credentialsSchema = z.discriminatedUnion('flow', [
  z.strictObject({ flow: z.literal('jwt'), loginUrl, clientId: text, username: text, privateKey: text }),
  z.strictObject({ flow: z.literal('client-credentials'), loginUrl, clientId: text, clientSecret: text }),
  z.strictObject({ flow: z.literal('password'), loginUrl, username: text, password: text, securityToken: z.string() }),
]);

/** How to log in to an org, as stored in the secret; `jwt` where the secret does not say otherwise. */
export type Credentials = z.infer<typeof credentialsSchema>;

const shape =
  '{ flow: jwt | client-credentials | password, loginUrl, clientId, username, privateKey | clientSecret | password + securityToken }';

/** Parses a secret. Throws ConfigurationError that names the secret and its faulty properties, never a value. */
export function parseCredentials(name: string, secret: string): Credentials {
  let value: unknown;
  try {
    value = JSON.parse(secret);
  } catch {
    throw new ConfigurationError([`the secret '${name}' is no JSON; expected ${shape}`]);
  }
  const parsed = credentialsSchema.safeParse({ flow: 'jwt', ...(value as object) });
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map((issue) => issue.path.join('.') || issue.code);
  throw new ConfigurationError([
    `the secret '${name}' does not have the shape of a Salesforce login: ${[...new Set(places)].join(', ')}; expected ${shape}`,
  ]);
}

const lifetimeSeconds = 180;

/** A signed assertion for the OAuth 2.0 JWT bearer flow (RFC 7523), RS256. Throws ConfigurationError for a key that cannot sign. */
export function jwtAssertion(
  credentials: Extract<Credentials, { flow: 'jwt' }>,
  secretName: string,
  now: Date,
): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const expires = Math.floor(now.getTime() / 1_000) + lifetimeSeconds;
  const claims = {
    iss: credentials.clientId,
    sub: credentials.username,
    aud: credentials.loginUrl.replace(/\/+$/, ''),
    exp: expires,
  };
  const head = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  try {
    return `${head}.${createSign('RSA-SHA256').update(head).sign(credentials.privateKey, 'base64url')}`;
  } catch {
    // The cause could quote the key.
    throw new ConfigurationError([`the privateKey in the secret '${secretName}' is no RSA private key in PEM`]);
  }
}
