import { randomUUID } from 'node:crypto';
import { CreateDatabaseCommand, GlueClient } from '@aws-sdk/client-glue';
import { motoOptions } from './moto-clients.ts';

/** Databases of the Glue catalog for a test, as the catalog stack makes them. */
export async function freshDatabases(prefix = `headwater_${randomUUID().replaceAll('-', '')}`) {
  const client = new GlueClient(motoOptions());
  for (const layer of ['analytics', 'ops']) {
    await client.send(new CreateDatabaseCommand({ DatabaseInput: { Name: `${prefix}_${layer}` } }));
  }
  return { client, prefix, dispose: async () => client.destroy() };
}
