import { randomBytes } from 'node:crypto';

interface Session {
  readonly userId: string;
  usedAt: number;
}

/** Logins that are still good. A session ends when it has not been used for its lifetime, or is revoked. */
export class Sessions {
  readonly #organizationId: string;
  readonly #lifetime: number;
  readonly #clock: () => Date;
  readonly #sessions = new Map<string, Session>();

  /** @param lifetime milliseconds without use */
  constructor(organizationId: string, lifetime: number, clock: () => Date) {
    this.#organizationId = organizationId;
    this.#lifetime = lifetime;
    this.#clock = clock;
  }

  /** Opens a session and returns its access token. */
  open(userId: string): string {
    const token = `${this.#organizationId.slice(0, 15)}!${randomBytes(60).toString('base64url')}`;
    this.#sessions.set(token, { userId, usedAt: this.#clock().getTime() });
    return token;
  }

  /** The user whose session the token is; undefined when there is none any more. */
  use(token: string): string | undefined {
    const session = this.#sessions.get(token);
    const now = this.#clock().getTime();
    if (session === undefined || now - session.usedAt >= this.#lifetime) {
      this.#sessions.delete(token);
      return undefined;
    }
    session.usedAt = now;
    return session.userId;
  }

  revoke(token: string): void {
    this.#sessions.delete(token);
  }

  revokeAll(): void {
    this.#sessions.clear();
  }
}

/** The token of an `Authorization: Bearer …` (or `OAuth …`) header. */
export function bearerToken(header: string | undefined): string | undefined {
  return /^(?:Bearer|OAuth) (.+)$/i.exec(header ?? '')?.[1];
}
