const key = 'headwater.token';

/** The token that requests carry; only as long as this tab lives. Null on a laptop without HEADWATER_API_TOKEN. */
let token: string | null = sessionStorage.getItem(key);

export function authorization(): Record<string, string> {
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

export function hasToken(): boolean {
  return token !== null;
}

export function setToken(value: string | null): void {
  token = value;
  if (value === null) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, value);
}
