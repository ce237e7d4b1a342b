import { isDeepStrictEqual } from 'node:util';
import jsforce, { type Connection } from 'jsforce';
import { setDefaults } from 'jsforce/lib/request.js';
import { CredentialsError, InterruptedError } from '../../domain/errors.ts';
import type { Quota } from '../../ports/crm-source.ts';
import { ApiFault, faultOf, loginFault, sourceError, toFault } from './api-fault.ts';
import { type Credentials, jwtAssertion } from './credentials.ts';

// jsforce repeats requests without regard for Retry-After, and never a POST; `call` below does both.
setDefaults({ retry: { maxRetries: 0 } });

export interface SessionSettings {
  readonly secretName: string;
  /** Read at every login, so that a rotated secret is found. */
  readonly credentials: () => Promise<Credentials>;
  readonly apiVersion: string;
  readonly now: () => Date;
  readonly random: () => number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** For the person who watches: a login flow that will end, a repeated request. */
  readonly warn: (line: string) => void;
}

const attempts = 6;
const logins = 2;
const longestWaitSeconds = 60;

/** A login that is made when it is needed and made anew when it is refused; every request of the adapter goes through `call`. */
export class SalesforceSession {
  readonly #settings: SessionSettings;
  #connection: Promise<Connection> | undefined;
  #warned = false;
  #quota: Quota = { used: 0, limit: Number.MAX_SAFE_INTEGER };

  constructor(settings: SessionSettings) {
    this.#settings = settings;
  }

  get quota(): Quota {
    return this.#quota;
  }

  /** Id of the org that the login leads to. */
  async orgId(signal: AbortSignal): Promise<string> {
    return await this.call('logging in', signal, async (connection) => connection.userInfo?.organizationId ?? '');
  }

  /**
   * Does `work` with a connection; repeats it after faults that pass (waiting as long as the server says, else longer each time) and
   * after a refused session (with a new login, twice at most). `doing` names it in errors. With `once`, work that may have been carried out
   * is not repeated: its answer may have got lost.
   */
  async call<T>(
    doing: string,
    signal: AbortSignal,
    work: (connection: Connection) => Promise<T>,
    { once = false } = {},
  ): Promise<T> {
    let refused = 0;
    for (let attempt = 1; ; attempt += 1) {
      if (signal.aborted) throw new InterruptedError('The run was interrupted.');
      const connecting = this.#connect();
      let isBegun = false;
      try {
        const connection = await unlessAborted(connecting, signal);
        isBegun = true;
        const result = await work(connection);
        this.#noteQuota(connection.limitInfo.apiUsage);
        return result;
      } catch (error) {
        // A login that nobody answers must not keep the next one waiting.
        if (signal.aborted && !isBegun) this.#forget(connecting);
        if (signal.aborted) throw new InterruptedError('The run was interrupted.');
        const fault = faultIn(error);
        if (fault.kind === 'session' && refused < logins) {
          refused += 1;
          this.#forget(connecting);
          continue;
        }
        const isLast = attempt === attempts || (once && isBegun);
        if (fault.kind !== 'passing' || isLast) throw sourceError(fault, doing);
        await this.#pause(fault, attempt, doing, signal);
      }
    }
  }

  /** An answer of the org to our own fetch, not yet read. Throws ApiFault for anything but 2xx. Notes the quota. */
  async fetch(connection: Connection, path: string, init: RequestInit): Promise<Response> {
    const response = await fetch(new URL(path, connection.instanceUrl), {
      ...init,
      headers: { authorization: `Bearer ${connection.accessToken}`, ...init.headers },
    });
    const usage = /api-usage=(\d+)\/(\d+)/.exec(response.headers.get('sforce-limit-info') ?? '');
    if (usage !== null) this.#noteQuota({ used: Number(usage[1]), limit: Number(usage[2]) });
    if (!response.ok) throw await faultOf(response);
    return response;
  }

  /** `/services/data/v62.0` and what is below it. */
  path(rest: string): string {
    return `/services/data/v${this.#settings.apiVersion}${rest}`;
  }

  /** The login under way or done: requests that come at the same time share it. A failed one is not kept. */
  #connect(): Promise<Connection> {
    if (this.#connection === undefined) {
      const connecting = this.#login();
      this.#connection = connecting;
      connecting.catch(() => this.#forget(connecting));
    }
    return this.#connection;
  }

  /** Unless somebody else has logged in anew already. */
  #forget(connecting: Promise<Connection>): void {
    if (this.#connection === connecting) this.#connection = undefined;
  }

  /** With the secret as it is now; once more when it was changed while the server refused the old one. */
  async #login(): Promise<Connection> {
    const credentials = await this.#settings.credentials();
    try {
      return await this.#loginWith(credentials);
    } catch (error) {
      const current = error instanceof CredentialsError ? await this.#settings.credentials() : credentials;
      if (isDeepStrictEqual(current, credentials)) throw error;
      return await this.#loginWith(current);
    }
  }

  async #loginWith(credentials: Credentials): Promise<Connection> {
    const { secretName, apiVersion, warn, now } = this.#settings;
    const connection = new jsforce.Connection({ loginUrl: credentials.loginUrl, version: apiVersion });
    try {
      switch (credentials.flow) {
        case 'jwt':
          await connection.authorize({
            grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
            assertion: jwtAssertion(credentials, secretName, now()),
          });
          break;
        case 'client-credentials': {
          const { clientId, clientSecret } = credentials;
          await connection.authorize({
            grant_type: 'client_credentials',
            client_id: clientId,
            client_secret: clientSecret,
          });
          break;
        }
        case 'password':
          if (!this.#warned)
            warn(`secret '${secretName}': the username-password login ends in summer 2027; use the jwt flow`);
          this.#warned = true;
          await connection.loginBySoap(credentials.username, credentials.password + credentials.securityToken);
      }
    } catch (error) {
      throw loginError(error, secretName, credentials);
    }
    return connection;
  }

  #noteQuota(usage: Quota | undefined): void {
    if (usage !== undefined) this.#quota = { used: usage.used, limit: usage.limit };
  }

  /** Whoever watches is told from the second time on: a single hiccup is no news. */
  async #pause(fault: ApiFault, attempt: number, doing: string, signal: AbortSignal): Promise<void> {
    const { random, sleep, warn } = this.#settings;
    const wanted = fault.retryAfterSeconds ?? 0.25 * 2 ** attempt * (0.5 + random());
    const seconds = Math.min(wanted, longestWaitSeconds);
    if (attempt > 1) {
      const next = `trying again in ${seconds.toFixed(1)} s (${attempt + 1} of ${attempts})`;
      warn(`Salesforce, ${doing}: ${fault.message}; ${next}`);
    }
    await sleep(seconds * 1_000, signal);
  }
}

/** What `work` gives; rejects as soon as the signal says so, as a login by jsforce knows no signal. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Our own errors (a wrong secret, a refused login) are what they are; all others are judged as faults of a request. */
function faultIn(error: unknown): ApiFault {
  if (error instanceof Error && 'advice' in error) throw error;
  return toFault(error);
}

/** A login that the server refuses cannot be mended by trying again; one that it could not judge can. */
function loginError(error: unknown, secretName: string, { flow, loginUrl }: Credentials): Error {
  if ((error as Error).name === 'ConfigurationError') return error as Error;
  const fault = loginFault(error);
  const where = `the login (${flow}) with the secret '${secretName}' at ${loginUrl}`;
  if (fault.kind === 'passing') return new ApiFault(fault.code, `${where}: ${fault.message}`);
  return new CredentialsError(`Salesforce refuses ${where}: ${fault.code}: ${fault.message}`, {
    advice:
      'Check the secret, the connected app (policies, certificate, pre-authorised user) and the clock of this machine.',
  });
}
