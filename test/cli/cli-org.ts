import { generateKeyPairSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OrgDatabase } from '../../simulator/org/org-database.ts';
import { orgShapes } from '../../simulator/org/shapes/org-shapes.ts';
import {
  type SalesforceOptions,
  type SimulatedSalesforce,
  startSalesforce,
} from '../../simulator/salesforce/start-salesforce.ts';
import { insertAccounts } from '../extract/org-edits.ts';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';
import { type CliResult, headwater } from './cli-process.ts';

const right = generateKeyPairSync('rsa', { modulusLength: 2048 });
const wrong = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (keys: typeof right) => keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const username = 'integration@example.com';
const clientId = 'headwater-cli';

/** A word in every secret that is a text. */
const canary = 'CANARY5d1e7b';

/** Every way to log in, once with the right secret and once with a wrong one. */
export const logins = {
  jwt: {
    right: { flow: 'jwt', clientId, username, privateKey: pem(right) },
    wrong: { flow: 'jwt', clientId, username, privateKey: pem(wrong) },
  },
  'client-credentials': {
    right: { flow: 'client-credentials', clientId, clientSecret: `secret-${canary}` },
    wrong: { flow: 'client-credentials', clientId, clientSecret: `wrong-${canary}` },
  },
  password: {
    right: { flow: 'password', username, password: `pw-${canary}`, securityToken: `token-${canary}` },
    wrong: { flow: 'password', username, password: `wrong-${canary}`, securityToken: `token-${canary}` },
  },
} as const;

/** Texts of which none may be seen anywhere: the canary, and the lines of the private keys. */
export const forbidden = [
  canary,
  ...[right, wrong].flatMap((keys) =>
    pem(keys)
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('--'))
      .slice(1),
  ),
];

export interface CliOrg {
  readonly home: string;
  readonly server: SimulatedSalesforce;
  /** Runs `headwater` with the login as the secret `crm`. */
  headwater(parameters: readonly string[], login?: object): Promise<CliResult>;
  dispose(): Promise<void>;
}

export interface CliOrgOptions {
  /** `objects` of config/sources/salesforce.json; Account by default. */
  readonly objects?: readonly object[];
  readonly server?: Partial<SalesforceOptions>;
  /** The org's clock against that of this machine. */
  readonly secondsAhead?: number;
}

/** A data home, and an org with three accounts that every login of `logins` leads to. */
export async function cliOrg(options: CliOrgOptions = {}): Promise<CliOrg> {
  const home = await temporaryFolder();
  const configuration = await temporaryFolder();
  await mkdir(join(configuration, 'sources'));
  const objects = options.objects ?? [{ object: 'Account' }];
  const source = { owner: 'crm@example.com', secret: 'crm', api_version: '62.0', objects };
  await writeFile(join(configuration, 'sources', 'salesforce.json'), JSON.stringify(source));
  const database = await OrgDatabase.open(':memory:', orgShapes);
  await database.setNow(new Date(Date.now() + (options.secondsAhead ?? 0) * 1_000));
  await insertAccounts(database, 3, '2025-06-01T00:00:00Z');
  const certificate = right.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const { clientSecret } = logins['client-credentials'].right;
  const { password, securityToken } = logins.password.right;
  const server = await startSalesforce({
    database,
    clients: [{ clientId, certificate, clientSecret, runAs: username }],
    users: [{ username, password, securityToken }],
    ...options.server,
  });
  return {
    home,
    server,
    headwater: (parameters, login = logins.jwt.right) =>
      headwater([...parameters, '--home', home, '--config', configuration], 'headwater.ts', {
        HEADWATER_SECRET_CRM: JSON.stringify({ loginUrl: server.url, ...login }),
      }),
    dispose: async () => {
      await server.close();
      database.close();
      await removeFolder(home);
      await removeFolder(configuration);
    },
  };
}
