import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How long whoever serves an org may take to answer at all. */
const probeMilliseconds = 2_000;

/** File with the login of the home's simulated org while a process serves it: only this user can read it, and a terminal is no place for a key. */
export function loginPath(home: string): string {
  return join(home, 'org', 'login.json');
}

export async function leaveLogin(home: string, secret: object): Promise<void> {
  await rm(loginPath(home), { force: true });
  await writeFile(loginPath(home), JSON.stringify(secret), { mode: 0o600 });
}

export async function removeLogin(home: string): Promise<void> {
  await rm(loginPath(home), { force: true });
}

/** The login that a process which serves the home's org has left, as text; null when nobody answers there. */
export async function servedLogin(home: string): Promise<string | null> {
  try {
    const secret = await readFile(loginPath(home), 'utf8');
    const { loginUrl } = JSON.parse(secret) as { loginUrl: string };
    await fetch(loginUrl, { signal: AbortSignal.timeout(probeMilliseconds) });
    return secret;
  } catch {
    return null;
  }
}
