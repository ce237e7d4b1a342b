import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../lambdas/domain/errors.ts';
import { loadCsv } from '../simulator/org/load-csv.ts';
import { OrgDatabase } from '../simulator/org/org-database.ts';
import { OrgError } from '../simulator/org/org-error.ts';
import { orgShapes } from '../simulator/org/shapes/org-shapes.ts';
import { generateWarehouseDrops } from '../simulator/drops/warehouse-drops.ts';
import { generateOrg } from '../simulator/org/generate/generate-org.ts';
import { readCrmTruth, writeCrmTruth } from '../simulator/org/generate/truth-file.ts';
import type { OrgTruth } from '../simulator/org/generate/truth.ts';
import { startSalesforce } from '../simulator/salesforce/start-salesforce.ts';
import { leaveLogin, removeLogin, servedLogin } from './org-login.ts';

/** `--org simulated` stands for the generated org in this home, served for as long as the command runs. */
export const simulatedOrg = 'simulated';

/** Environment variable with the login of the simulated org. */
export const simulatedSecret = `HEADWATER_SECRET_${simulatedOrg.toUpperCase()}`;

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
export async function openOrg(home: string): Promise<OrgDatabase> {
  const path = orgPath(home);
  if (!existsSync(path)) {
    throw new UsageError(`There is no simulated org at ${path}.`, { advice: 'Make one with `headwater simulate`.' });
  }
  try {
    return await OrgDatabase.open(path, orgShapes);
  } catch (error) {
    if (!/lock/i.test(String(error))) throw error;
    throw new UsageError(`The simulated org at ${path} is in use by another process.`, {
      cause: error,
      advice:
        'End it: perhaps `headwater dashboard`, `headwater run` or `headwater simulate --serve` in another terminal.',
    });
  }
}

/**
 * Fills the home's org, unless that was done before, with the warehouse's file drops about it, and returns what a right run must find.
 * Throws UsageError when the home holds an org of another scale or seed, unless any org will do (`keep`).
 */
export async function makeOrg(
  home: string,
  settings: { seed: number; scale: number; lastDay: string },
  { keep = false }: { keep?: boolean } = {},
): Promise<OrgTruth> {
  const folder = join(home, 'org');
  const known = await readCrmTruth(folder);
  const isThere = existsSync(orgPath(home));
  const isSame = known?.scale === settings.scale && known.seed === settings.seed;
  if (isThere && known !== null && (isSame || keep)) return known;
  if (isThere) {
    throw new UsageError(`${folder} holds another org; take another --home, or remove that folder.`);
  }
  // Made under another name, so that an org that is there is complete.
  const growing = `${orgPath(home)}.partial`;
  await mkdir(folder, { recursive: true });
  await rm(growing, { force: true });
  const database = await OrgDatabase.open(growing, orgShapes);
  try {
    const truth = await generateOrg({ database, ...settings });
    await generateWarehouseDrops({ database, folder: join(home, 'raw'), seed: settings.seed });
    await writeCrmTruth(folder, truth);
    database.close();
    await rename(growing, orgPath(home));
    return truth;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Makes the home's org from CSV files with Salesforce field names, object -> file. Returns the records of each. Throws UsageError. */
export async function loadOrg(
  home: string,
  files: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, number>>> {
  if (existsSync(orgPath(home))) {
    throw new UsageError(`There is an org at ${orgPath(home)} already; take another --home, or remove it.`);
  }
  const growing = `${orgPath(home)}.partial`;
  await mkdir(join(home, 'org'), { recursive: true });
  await rm(growing, { force: true });
  const database = await OrgDatabase.open(growing, orgShapes);
  const rows: Record<string, number> = {};
  try {
    for (const [object, file] of Object.entries(files)) rows[object] = (await loadCsv(database, object, file)).rows;
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    throw new UsageError(`The file cannot be loaded: ${error.message}`, { cause: error });
  } finally {
    database.close();
  }
  await rename(growing, orgPath(home));
  return rows;
}

/** The org of a home: served by this process, or, where another one has it already, by that. Throws UsageError. */
export async function reachSimulatedOrg(home: string): Promise<SimulatedOrg> {
  try {
    return await startSimulatedOrg(home);
  } catch (error) {
    const secret = error instanceof UsageError ? await servedLogin(home) : null;
    if (secret === null) throw error;
    const { loginUrl } = JSON.parse(secret) as { loginUrl: string };
    return { url: loginUrl, environment: { [simulatedSecret]: secret }, close: async () => {} };
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
  const close = async () => {
    await removeLogin(home);
    await server.close();
    database.close();
  };
  await leaveLogin(home, secret).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { url: server.url, environment: { [simulatedSecret]: JSON.stringify(secret) }, close };
}
