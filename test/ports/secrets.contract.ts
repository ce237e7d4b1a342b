import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../lambdas/domain/errors.ts';
import type { Secrets } from '../../lambdas/ports/secrets.ts';

export interface SecretsHarness {
  readonly secrets: Secrets;
  put(name: string, value: string): Promise<void>;
  dispose(): Promise<void>;
}

const canary = 'canary-7f3a-hunter2';

export function describeSecretsContract(name: string, create: () => Promise<SecretsHarness>): void {
  describe(`${name} as secrets`, () => {
    let harness: SecretsHarness;
    let secrets: Secrets;

    beforeEach(async () => {
      harness = await create();
      secrets = harness.secrets;
    });

    afterEach(() => harness.dispose());

    it('gives the text as it was put', async () => {
      const key = '-----BEGIN KEY-----\nA+/=\n "quoted" ä 😀\n-----END KEY-----\n';
      await harness.put('salesforce/private-key', key);
      expect(await secrets.get('salesforce/private-key')).toBe(key);
    });

    it('notices that a secret was changed', async () => {
      await harness.put('token', 'old');
      expect(await secrets.get('token')).toBe('old');
      await harness.put('token', 'new');
      expect(await secrets.get('token')).toBe('new');
    });

    it('names a missing secret and shows no other', async () => {
      await harness.put('token', canary);
      const error: unknown = await secrets.get('tokens').catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toContain("'tokens'");
      expect(everythingIn(error)).not.toContain(canary);
    });

    it('has no secrets that nobody put', async () => {
      for (const odd of ['constructor', '__proto__', 'toString', '../token', 'to ken', '', 'path']) {
        await expect(secrets.get(odd)).rejects.toThrow(ConfigurationError);
      }
    });
  });
}

/** All that a log of the error might show: messages, stacks, fields and causes. */
export function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return [error.stack, error.message, JSON.stringify(error), error.cause && everythingIn(error.cause)].join('\n');
}
