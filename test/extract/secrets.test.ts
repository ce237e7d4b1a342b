import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../simulator/salesforce/fault-plan.ts';
import type { LoggedRequest } from '../../simulator/salesforce/request-kind.ts';
import { everythingIn } from '../ports/secrets.contract.ts';
import { canary, type ExtractHome, extractHome, type HomeOptions } from './extract-home.ts';
import { orgDifferences } from './org-differences.ts';
import { insertAccounts } from './org-edits.ts';

let home: ExtractHome;
afterEach(() => home.dispose());

const username = 'integration@example.com';
const clientId = 'headwater-test';
const flows = {
  'client-credentials': { clientId, clientSecret: `secret-${canary}` },
  password: { username, password: `pw-${canary}`, securityToken: `token-${canary}` },
} as const;

/** Ten accounts on three pages of Bulk results. */
async function open(options: Partial<HomeOptions> = {}): Promise<void> {
  home = await extractHome({
    objects: [{ object: 'Account' }],
    source: { small_window_rows: 0 },
    pageRecords: 4,
    fill: async (database) => {
      await insertAccounts(database, 10, '2025-06-01T00:00:00Z');
    },
    ...options,
  });
}

const differences = () => orgDifferences(home, 'Account', 'salesforce_account');

/** Whatever a log could make of an error. */
function expectNoSecretIn(error: Error | null): void {
  expect(error).not.toBeNull();
  expect(everythingIn(error)).not.toContain(canary);
  expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(canary);
}

describe('A login that fails shows no secret', () => {
  const login = ['token', 'soap'] as const;
  const faults: [string, FaultRule['what'], string][] = [
    ['is busy', { fault: 'status', status: 503 }, 'SourceUnavailableError'],
    ['fails', { fault: 'status', status: 500 }, 'SourceUnavailableError'],
    ['gives no answer', { fault: 'answer-lost' }, 'SourceUnavailableError'],
  ];
  it.each(
    faults.flatMap(([title, what, name]) =>
      Object.entries(flows).map(([flow, secret]) => ({ title, what, name, flow, secret })),
    ),
  )('when the server $title, with the flow $flow', async ({ what, name, flow, secret }) => {
    await open({ secret: { flow, ...secret }, server: { faults: [{ when: { kind: login }, what }] } });
    const error = await home.run();
    expect(error?.name).toBe(name);
    expectNoSecretIn(error);
    home.server.faults.clear();
    expect(await home.run()).toBeNull();
    expect(await differences()).toEqual([]);
  });

  it.each(Object.entries(flows))('to a proxy that repeats what it was sent, with the flow %s', async (flow, secret) => {
    const proxy = createServer((request, response) => {
      response.statusCode = 403;
      response.write('<html>Not allowed: ');
      request.pipe(response);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const loginUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    await open({ secret: { flow, ...secret, loginUrl } });
    const error = await home.run();
    await new Promise((resolve) => proxy.close(resolve));
    expect(error?.message).toContain('the answer is neither a login nor a refusal');
    expectNoSecretIn(error);
  });
});

describe('A secret that is rotated while a run works', () => {
  const old = { flow: 'client-credentials', clientId, clientSecret: `old-${canary}` };
  const fresh = { ...old, clientSecret: `new-${canary}` };

  /** An org whose app takes the fresh secret, and no session from before, as soon as the second page is asked for. */
  async function rotating(onRequest: (request: LoggedRequest, rotated: boolean) => void): Promise<void> {
    let rotated = false;
    const client = {
      clientId,
      runAs: username,
      get clientSecret() {
        return rotated ? fresh.clientSecret : old.clientSecret;
      },
    };
    await open({
      secret: old,
      server: {
        clients: [client],
        onRequest: (request) => {
          if (request.kind === 'bulk-results' && request.page === 2 && !rotated) {
            rotated = true;
            home.server.revokeSessions();
          }
          onRequest(request, rotated);
        },
        pageRows: 4,
      },
    });
  }

  const tokens = () =>
    home.server
      .requests()
      .flatMap(({ kind, status }) => (kind === 'token' || kind === 'bulk-create' ? [`${kind} ${status}`] : []));

  it('is read anew when the old session is refused', async () => {
    await rotating((_, rotated) => {
      if (rotated) home.rotate(fresh);
    });
    expect(await home.run()).toBeNull();
    expect(tokens()).toEqual(['token 200', 'bulk-create 200', 'token 200']);
    expect(await differences()).toEqual([]);
  });

  it('is read once more when a login with the old one was refused', async () => {
    await rotating(({ kind }, rotated) => {
      if (rotated && kind === 'token') home.rotate(fresh);
    });
    expect(await home.run()).toBeNull();
    expect(tokens()).toEqual(['token 200', 'bulk-create 200', 'token 400', 'token 200']);
    expect(await differences()).toEqual([]);
  });

  it('but comes too late for this run, leaves the next one to go on where it stopped', async () => {
    await rotating(() => {});
    const error = await home.run();
    expect(error?.message).toMatch(/Account: CredentialsError: .*refuses the login/);
    expectNoSecretIn(error);
    expect(JSON.stringify(await home.pipeline.ports.runs.list(1))).not.toContain(canary);
    home.rotate(fresh);
    expect(await home.run()).toBeNull();
    expect(tokens()).toEqual(['token 200', 'bulk-create 200', 'token 400', 'token 200']);
    expect(await differences()).toEqual([]);
  });
});
