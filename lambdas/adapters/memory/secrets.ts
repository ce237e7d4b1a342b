import { ConfigurationError } from '../../domain/errors.ts';
import type { Secrets } from '../../ports/secrets.ts';

export class MemorySecrets implements Secrets {
  readonly #values: ReadonlyMap<string, string>;

  /** The map is read at every call, so that a test can rotate a secret. */
  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
  }

  async get(name: string): Promise<string> {
    const value = this.#values.get(name);
    if (value === undefined) throw new ConfigurationError([`the secret '${name}' is not set in memory`]);
    return value;
  }
}
