import { challengeOf, randomText } from './proof-key.ts';
import { refreshToken, setTokens } from './session.ts';

/** Where people log in, and as whom the dashboard asks there: `config.json` beside the page, which a deployment writes. */
export interface Login {
  readonly login: string;
  readonly clientId: string;
}

interface Begun {
  readonly state: string;
  readonly verifier: string;
  /** The view that the reader wanted. */
  readonly address: string;
}

const begunKey = 'headwater.login';
const refusals: readonly number[] = [400, 401];
let settings: Promise<Login | null> | undefined;
let renewing: Promise<boolean> | undefined;

/** Null where there is no login: on a laptop. */
export function readLogin(): Promise<Login | null> {
  settings ??= fetch('/config.json', { cache: 'no-cache' }).then(
    async (response) => (response.ok ? ((await response.json()) as Login) : null),
    () => {
      settings = undefined;
      return null;
    },
  );
  return settings;
}

/** Leaves the page for the login, which comes back with a code (authorization code flow with proof key). */
export async function beginLogin({ login, clientId }: Login): Promise<void> {
  const begun: Begun = { state: randomText(), verifier: randomText(), address: location.href };
  sessionStorage.setItem(begunKey, JSON.stringify(begun));
  const parameters = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: `${location.origin}/`,
    // What the role may do is added by the login itself.
    scope: 'openid',
    state: begun.state,
    code_challenge: await challengeOf(begun.verifier),
    code_challenge_method: 'S256',
  });
  location.assign(`${login}/oauth2/authorize?${parameters}`);
}

/** Takes the code that the login came back with, if it did, and goes on to the view that the reader wanted. */
export async function finishLogin(): Promise<void> {
  const answer = new URLSearchParams(location.search);
  const state = answer.get('state');
  const text = sessionStorage.getItem(begunKey);
  if (state === null || text === null) return;
  sessionStorage.removeItem(begunKey);
  const begun = JSON.parse(text) as Begun;
  // An answer to a question that this tab did not ask.
  if (begun.state !== state) return;
  history.replaceState(null, '', begun.address);
  const code = answer.get('code');
  if (code !== null) await getTokens({ grant_type: 'authorization_code', code, code_verifier: begun.verifier });
}

/** Gets a new access token when there is something to get it with; many who ask at once share one try. */
export function renewLogin(): Promise<boolean> {
  const token = refreshToken();
  if (token === null) return Promise.resolve(false);
  renewing ??= getTokens({ grant_type: 'refresh_token', refresh_token: token }).finally(() => {
    renewing = undefined;
  });
  return renewing;
}

/** Forgets the tokens here, and the login there. */
export async function logOut(): Promise<void> {
  const token = refreshToken();
  setTokens({ access: null, refresh: null });
  const found = await readLogin();
  if (found === null) return location.reload();
  // A copy of the token is worth nothing then. Whoever wants to leave leaves also when this cannot be said.
  if (token !== null) await post(found, 'revoke', { token });
  const parameters = new URLSearchParams({ client_id: found.clientId, logout_uri: `${location.origin}/` });
  location.assign(`${found.login}/logout?${parameters}`);
}

async function getTokens(grant: Readonly<Record<string, string>>): Promise<boolean> {
  const found = await readLogin();
  if (found === null) return false;
  const before = refreshToken();
  const response = await post(found, 'token', { ...grant, redirect_uri: `${location.origin}/` });
  // Somebody has logged out meanwhile.
  if (refreshToken() !== before) return false;
  if (response?.ok !== true) {
    // Only a refusal ends the session; without network, or while the login is busy, it may still be good.
    if (response !== null && refusals.includes(response.status)) setTokens({ access: null, refresh: null });
    return false;
  }
  const tokens = (await response.json()) as { access_token: string; refresh_token?: string };
  setTokens({ access: tokens.access_token, refresh: tokens.refresh_token ?? refreshToken() });
  return true;
}

/** Null without an answer. */
async function post(
  { login, clientId }: Login,
  what: string,
  fields: Readonly<Record<string, string>>,
): Promise<Response | null> {
  const body = new URLSearchParams({ ...fields, client_id: clientId });
  return await fetch(`${login}/oauth2/${what}`, { method: 'POST', body }).catch(() => null);
}
