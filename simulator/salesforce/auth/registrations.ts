/** An app that may log in, as an External Client App of a real org. */
export interface RegisteredClient {
  readonly clientId: string;
  readonly clientSecret?: string;
  /** PEM of the certificate, or of the public key, that JWTs of this app are verified with. */
  readonly certificate?: string;
  /** The user that the client-credentials flow runs as; without one the flow is off. */
  readonly runAs?: string;
  /** Refresh tokens that users have granted to this app. */
  readonly refreshTokens?: readonly { readonly token: string; readonly username: string }[];
}

/** A user that may log in. */
export interface RegisteredUser {
  readonly username: string;
  readonly password?: string;
  /** Goes behind the password where one logs in with a password. */
  readonly securityToken?: string;
  /** Id of the org's User record; by default that of the user with this Username. */
  readonly id?: string;
}

/** Who may log in, with every user's Id known. */
export class Registrations {
  readonly #clients: ReadonlyMap<string, RegisteredClient>;
  readonly #users: ReadonlyMap<string, RegisteredUser & { readonly id: string }>;

  constructor(clients: readonly RegisteredClient[], users: readonly (RegisteredUser & { readonly id: string })[]) {
    this.#clients = new Map(clients.map((client) => [client.clientId, client]));
    this.#users = new Map(users.map((user) => [user.username.toLowerCase(), user]));
  }

  client(clientId: string): RegisteredClient | undefined {
    return this.#clients.get(clientId);
  }

  /** The Id of the user of this name. */
  userId(username: string): string | undefined {
    return this.#users.get(username.toLowerCase())?.id;
  }

  username(userId: string): string | undefined {
    for (const user of this.#users.values()) if (user.id === userId) return user.username;
    return undefined;
  }

  /** The Id of the user whose password, followed by the security token, this is. */
  login(username: string, password: string): string | undefined {
    const user = this.#users.get(username.toLowerCase());
    if (user?.password === undefined) return undefined;
    return password === user.password + (user.securityToken ?? '') ? user.id : undefined;
  }
}
