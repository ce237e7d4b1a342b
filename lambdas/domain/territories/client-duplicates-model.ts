import type { CodeModel } from '../code-model.ts';
import { clientDuplicates } from './client-duplicates.ts';
import { type ClientVersion, versionColumns } from './client-version.ts';

/** `gold.client_duplicate`: clients who may be the same. */
export const clientDuplicatesModel: CodeModel = {
  name: 'client-duplicates',
  version: 1,
  tables: ['gold.client_duplicate'],
  usesAsOf: false,
  settings: ({ territories }) => territories?.duplicates,
  inputs: () => [{ table: 'gold.client_dim', columns: versionColumns }],
  compute(rows, { configuration: { territories: config } }) {
    const clients = rows<ClientVersion>('gold.client_dim');
    return new Map([['gold.client_duplicate', config === null ? [] : clientDuplicates(clients, config)]]);
  },
};
