const keys = { access: 'headwater.token', refresh: 'headwater.refresh-token' };

/** Tokens live as long as this tab, and no longer. Both are null on a laptop without HEADWATER_API_TOKEN. */
let access = sessionStorage.getItem(keys.access);
let refresh = sessionStorage.getItem(keys.refresh);

/** Headers with the token that requests carry. */
export function authorization(): Record<string, string> {
  return access === null ? {} : { authorization: `Bearer ${access}` };
}

export function hasToken(): boolean {
  return access !== null;
}

/** What gets a new access token when the old one has run out; null for tokens that people typed. */
export function refreshToken(): string | null {
  return refresh;
}

export function setTokens(tokens: { readonly access: string | null; readonly refresh: string | null }): void {
  access = tokens.access;
  refresh = tokens.refresh;
  store(keys.access, access);
  store(keys.refresh, refresh);
}

function store(key: string, value: string | null): void {
  if (value === null) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, value);
}
