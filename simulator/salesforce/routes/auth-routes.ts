import { createHmac } from 'node:crypto';
import { notFound } from '../api-error.ts';
import { OAuthError } from '../auth/oauth-error.ts';
import { loginResponse, logoutResponse, readSoapCall, soapFault } from '../auth/soap-messages.ts';
import { grantedUser } from '../auth/token-grant.ts';
import { type Reply, emptyReply, jsonReply, textReply } from '../reply.ts';
import { type Call, type Route, part } from '../route.ts';
import type { Services } from '../services.ts';

/** Login hosts that a JWT may be made for, besides the server's own address. */
const LOGIN_HOSTS = ['https://login.salesforce.com', 'https://test.salesforce.com'];

/** Logging in and out: OAuth and SOAP. */
export function authRoutes(services: Services): readonly Route[] {
  return [
    {
      kind: 'token',
      method: 'POST',
      pattern: /^\/services\/oauth2\/token$/,
      open: true,
      handle: (call) => token(call, services),
    },
    {
      kind: 'revoke',
      method: 'POST',
      pattern: /^\/services\/oauth2\/revoke$/,
      open: true,
      handle: (call) => {
        services.sessions.revoke(formOf(call).get('token') ?? '');
        return emptyReply(200);
      },
    },
    {
      kind: 'soap',
      method: 'POST',
      pattern: /^\/services\/Soap\/u\/(?<version>\d+\.\d)\/?$/,
      open: true,
      handle: (call) => soap(call, services),
    },
    {
      kind: 'identity',
      method: 'GET',
      pattern: /^\/id\/(?<organization>\w+)\/(?<user>\w+)$/,
      handle: (call) => identity(call, services),
    },
  ];
}

/** The form's fields; a client may also send them in the address. */
function formOf({ body, query }: Call): URLSearchParams {
  const form = new URLSearchParams(body);
  for (const [name, value] of query) if (!form.has(name)) form.set(name, value);
  return form;
}

function token(call: Call, services: Services): Reply {
  const { registrations, sessions, organizationId } = services;
  const now = services.wallClock();
  try {
    const userId = grantedUser(formOf(call), registrations, [services.url(), ...LOGIN_HOSTS], now);
    const id = `${services.url()}/id/${organizationId}/${userId}`;
    const issuedAt = String(now.getTime());
    return jsonReply({
      access_token: sessions.open(userId),
      signature: createHmac('sha256', organizationId)
        .update(id + issuedAt)
        .digest('base64'),
      scope: 'api id refresh_token',
      instance_url: services.url(),
      id,
      token_type: 'Bearer',
      issued_at: issuedAt,
    });
  } catch (error) {
    if (error instanceof OAuthError) return jsonReply(error.body(), 400);
    throw error;
  }
}

const XML_TYPE = 'text/xml;charset=UTF-8';

function soap(call: Call, services: Services): Reply {
  const request = readSoapCall(call.body);
  if (request.kind === 'logout') {
    services.sessions.revoke(request.sessionId);
    return textReply(logoutResponse(), XML_TYPE);
  }
  if (request.kind === 'unknown') {
    return textReply(soapFault('UNKNOWN_EXCEPTION', 'only login and logout are served'), XML_TYPE, 500);
  }
  const userId = services.registrations.login(request.username, request.password);
  if (userId === undefined) {
    const message = 'Invalid username, password, security token; or user locked out.';
    return textReply(soapFault('INVALID_LOGIN', message), XML_TYPE, 500);
  }
  const organizationId = services.organizationId;
  return textReply(
    loginResponse({
      serverUrl: `${services.url()}/services/Soap/u/${part(call, 'version')}/${organizationId.slice(0, 15)}`,
      sessionId: services.sessions.open(userId),
      userId,
      username: request.username,
      organizationId,
      lifetimeSeconds: Math.floor(services.sessionLifetime / 1000),
    }),
    XML_TYPE,
  );
}

function identity(call: Call, services: Services): Reply {
  const userId = part(call, 'user');
  if (part(call, 'organization') !== services.organizationId || userId !== call.userId) throw notFound();
  return jsonReply({
    id: `${services.url()}/id/${services.organizationId}/${userId}`,
    user_id: userId,
    organization_id: services.organizationId,
    username: services.registrations.username(userId),
    active: true,
    urls: { rest: `${services.url()}/services/data/v{version}/` },
  });
}
