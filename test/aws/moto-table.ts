import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LedgerTable } from '../../lambdas/adapters/dynamodb/ledger-table.ts';
import { ledgerListingIndex } from '../../lambdas/domain/resource-names.ts';
import { motoOptions } from './moto-clients.ts';

/** A ledger table of its own for a test, as the lake stack makes it. */
export async function freshTable(name = `ledger-${randomUUID()}`) {
  const client = new DynamoDBClient(motoOptions());
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'listing', 'listed_at'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: ledgerListingIndex,
          KeySchema: [
            { AttributeName: 'listing', KeyType: 'HASH' },
            { AttributeName: 'listed_at', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  return { name, table: new LedgerTable(client, name), dispose: async () => client.destroy() };
}
