import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ConfigurationError } from '../domain/errors.ts';
import type { Secrets } from '../ports/secrets.ts';
import { faultOf, serviceError } from './aws/service-error.ts';

const unknownNames = new Set(['ResourceNotFoundException', 'ValidationException', 'InvalidParameterException']);

/**
 * Secrets of AWS Secrets Manager, read anew each time: whoever logs in keeps the session, and after a refused login needs the secret as
 * it was rotated.
 */
export class SecretsManagerSecrets implements Secrets {
  readonly #client: SecretsManagerClient;

  constructor(client: SecretsManagerClient) {
    this.#client = client;
  }

  async get(name: string): Promise<string> {
    if (name === '') throw unset(name);
    try {
      const { SecretString: text } = await this.#client.send(new GetSecretValueCommand({ SecretId: name }));
      if (text === undefined) throw unset(name);
      return text;
    } catch (error) {
      if (error instanceof ConfigurationError) throw error;
      if (unknownNames.has(faultOf(error).name)) throw unset(name);
      throw serviceError(error, `reading the secret '${name}'`);
    }
  }
}

function unset(name: string): ConfigurationError {
  return new ConfigurationError([`the secret '${name}' is not in Secrets Manager, or has no text`], {
    advice: 'Create it with the value that docs/deployment.md describes, in the region of the stack.',
  });
}
