import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../lambdas/domain/errors.ts';
import { OrgDatabase } from '../simulator/org/org-database.ts';
import { orgShapes } from '../simulator/org/shapes/org-shapes.ts';
import { startSalesforce } from '../simulator/salesforce/start-salesforce.ts';

/** `--org simulated` stands for the generated org in this home, served for as long as the command runs. */
export const simulatedOrg = 'simulated';

export interface SimulatedOrg {
  readonly url: string;
  /** The secret that leads to it, as an environment variable. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const username = 'integration@simulated.example';
const clientId = 'headwater-on-a-laptop';

/** Path of the org's data in a home. */
export function orgPath(home: string): string {
  return join(home, 'org', 'org.duckdb');
}

/** Opens the org of a home, made by `headwater simulate`. Throws UsageError when there is none, or another process has it. */
export async function openOrg(home: string, create = false): Promise<OrgDatabase> {
  const path = orgPath(home);
  if (!create && !existsSync(path)) {
    throw new UsageError(`There is no simulated org at ${path}.`, { advice: 'Make one with `headwater simulate`.' });
  }
  await mkdir(join(home, 'org'), { recursive: true });
  try {
    return await OrgDatabase.open(path, orgShapes);
  } catch (error) {
    if (!/lock/i.test(String(error))) throw error;
    throw new UsageError(`The simulated org at ${path} is in use by another process.`, {
      cause: error,
      advice: 'End it (perhaps `headwater simulate --serve` in another terminal), or use the login that it printed.',
    });
  }
}

/** Serves the org of a home on a free port of this machine, with a key pair that lives as long as the process. */
export async function startSimulatedOrg(home: string, port = 0): Promise<SimulatedOrg> {
  const database = await openOrg(home);
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificate = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const server = await startSalesforce({
    database,
    clients: [{ clientId, certificate }],
    users: [{ username }],
    port,
  }).catch((error: unknown) => {
    database.close();
    throw error;
  });
  const secret = {
    flow: 'jwt',
    loginUrl: server.url,
    clientId,
    username,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
  return {
    url: server.url,
    environment: { [`HEADWATER_SECRET_${simulatedOrg.toUpperCase()}`]: JSON.stringify(secret) },
    close: async () => {
      await server.close();
      database.close();
    },
  };
}
