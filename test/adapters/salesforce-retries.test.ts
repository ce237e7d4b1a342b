import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { SalesforceSession } from '../../lambdas/adapters/salesforce/session.ts';
import { SourceUnavailableError } from '../../lambdas/domain/errors.ts';

/** An address where nobody listens. */
async function deadUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

it('tells whoever watches that an org is tried again', async () => {
  const loginUrl = await deadUrl();
  const lines: string[] = [];
  const session = new SalesforceSession({
    secretName: 'org',
    credentials: async () => ({ flow: 'client-credentials', clientId: 'app', clientSecret: 'hunter2', loginUrl }),
    apiVersion: '62.0',
    now: () => new Date('2025-06-30T12:00:00Z'),
    random: () => 0.5,
    sleep: async () => {},
    warn: (line) => lines.push(line),
  });
  await expect(session.orgId(new AbortController().signal)).rejects.toThrow(SourceUnavailableError);
  expect(lines).toHaveLength(4);
  expect(lines[0]).toContain(loginUrl);
  expect(lines[0]).toContain('trying again in 1.0 s (3 of 6)');
  expect(lines.join()).not.toContain('hunter2');
});
