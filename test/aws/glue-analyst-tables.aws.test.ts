import {
  CreateTableCommand,
  DeleteTableCommand,
  type GlueClient,
  GetPartitionCommand,
  GetTableCommand,
} from '@aws-sdk/client-glue';
import { describe, expect, it } from 'vitest';
import { GlueAnalystTables } from '../../lambdas/adapters/glue-analyst-tables.ts';
import { MemoryLake } from '../../lambdas/adapters/memory-lake.ts';
import { StorageBusyError, TerminalError } from '../../lambdas/domain/errors.ts';
import { baseName, layerOf, type TableName } from '../../lambdas/domain/table.ts';
import { describeAnalystTablesContract, sliceOf, versionOf, viewOf } from '../ports/analyst-tables.contract.ts';
import { freshDatabases } from './moto-databases.ts';

/** Views are what Athena would make of them: moto runs no statements. */
async function fresh() {
  const { client, prefix, dispose } = await freshDatabases();
  const statements: string[] = [];
  const run = async (sql: string) => {
    statements.push(sql);
    const [, database, name] = /^CREATE OR REPLACE VIEW "(\w+)"\."(\w+)" AS/.exec(sql) ?? [];
    const TableInput = { Name: name, TableType: 'VIRTUAL_VIEW' };
    await client.send(new CreateTableCommand({ DatabaseName: database, TableInput })).catch((error: Error) => {
      if (error.name !== 'AlreadyExistsException') throw error;
    });
  };
  const parts = { client, databasePrefix: prefix, lake: new MemoryLake(), lakeUri: 's3://lake', run };
  return { client, prefix, statements, parts, tables: new GlueAnalystTables(parts), dispose };
}

async function tableOf(client: GlueClient, prefix: string, table: TableName) {
  const input = { DatabaseName: `${prefix}_${layerOf(table)}`, Name: baseName(table) };
  return (await client.send(new GetTableCommand(input))).Table;
}

describeAnalystTablesContract('GlueAnalystTables', async () => {
  const { client, prefix, tables, statements, dispose } = await fresh();
  return {
    tables,
    shown: async () => {
      const current = statements.findLast((sql) => sql.startsWith(`CREATE OR REPLACE VIEW "${prefix}_ops"."current"`));
      return [...(current ?? '').matchAll(/\('analytics\.customers', '([^']+)'\)/g)].map(([, id = '']) => id).sort();
    },
    columns: async (table) => {
      const found = await tableOf(client, prefix, table);
      return (found?.StorageDescriptor?.Columns ?? []).map(({ Name, Type }) => `${Name} ${Type}`);
    },
    views: async () => {
      const names = new Set(statements.map((sql) => /"\."(\w+)" AS/.exec(sql)?.[1] ?? ''));
      const found = await Promise.all(
        [...names].map((name) =>
          tableOf(client, prefix, `analytics.${name}`).then(
            () => name,
            () => null,
          ),
        ),
      );
      return found.filter((name) => name !== null).sort();
    },
    dispose,
  };
});

/** Answers the first calls of this command with partitions that failed. */
function failingPartitions(client: GlueClient, command: string, times: number, code: string): string[][] {
  const asked: string[][] = [];
  const send = client.send.bind(client) as (sent: object) => Promise<unknown>;
  client.send = (async (sent: { input: { PartitionInputList?: { Values: string[] }[] } }) => {
    if (sent.constructor.name !== command) return await send(sent);
    const list = sent.input.PartitionInputList ?? [];
    asked.push(list.map(({ Values }) => Values[0] ?? ''));
    if (asked.length > times) return await send(sent);
    const [failed, ...rest] = list;
    await send(
      Object.assign(Object.create(Object.getPrototypeOf(sent)), sent, {
        input: { ...sent.input, PartitionInputList: rest },
      }),
    );
    return {
      Errors: [{ PartitionValues: failed?.Values, ErrorDetail: { ErrorCode: code, ErrorMessage: 'injected' } }],
    };
  }) as unknown as typeof client.send;
  return asked;
}

describe('the tables in Glue', () => {
  it('point each slice to its own folder', async () => {
    const { client, prefix, tables, dispose } = await fresh();
    await tables.addSlices([versionOf([sliceOf('r1/1', 2)])]);
    const table = await tableOf(client, prefix, 'analytics.customers');
    expect(table?.PartitionKeys).toEqual([{ Name: '_slice', Type: 'string' }]);
    const { Partition } = await client.send(
      new GetPartitionCommand({
        DatabaseName: `${prefix}_analytics`,
        TableName: 'customers',
        PartitionValues: ['r1/1'],
      }),
    );
    expect(Partition?.StorageDescriptor?.Location).toBe('s3://lake/analytics/customers/run=r1/1/1/');
    expect(Partition?.StorageDescriptor?.Columns).toEqual([{ Name: 'id', Type: 'string' }]);
    await dispose();
  });

  it('ask again for the partitions that failed, and only for them', async () => {
    const { client, tables, dispose } = await fresh();
    const asked = failingPartitions(client, 'BatchCreatePartitionCommand', 2, 'InternalServiceException');
    await tables.addSlices([versionOf([sliceOf('a'), sliceOf('b')])]);
    expect(asked).toEqual([['a', 'b'], ['a'], ['a']]);
    expect(await tables.slices('analytics.customers')).toEqual(['a', 'b']);
    await dispose();
  });

  it.each([
    ['InternalServiceException', StorageBusyError],
    ['ResourceNumberLimitExceededException', TerminalError],
  ])('say so when partitions keep failing by %s, and are mended by the next call', async (code, expected) => {
    const { client, tables, dispose } = await fresh();
    failingPartitions(client, 'BatchCreatePartitionCommand', 4, code);
    await expect(tables.addSlices([versionOf([sliceOf('a'), sliceOf('b')])])).rejects.toThrow(expected);
    expect(await tables.slices('analytics.customers')).toEqual(['b']);
    await tables.addSlices([versionOf([sliceOf('a'), sliceOf('b')])]);
    expect(await tables.slices('analytics.customers')).toEqual(['a', 'b']);
    await dispose();
  });

  it('run a view again that somebody removed, or whose statement failed', async () => {
    const { client, prefix, parts, statements, tables, dispose } = await fresh();
    const failing = new GlueAnalystTables({ ...parts, run: async () => Promise.reject(new StorageBusyError('no')) });
    await expect(failing.renewViews([viewOf('one')])).rejects.toThrow(StorageBusyError);
    expect(await tables.renewViews([viewOf('one')])).toBe(1);
    await client.send(new DeleteTableCommand({ DatabaseName: `${prefix}_analytics`, Name: 'one' }));
    expect(await tables.renewViews([viewOf('one')])).toBe(1);
    expect(statements).toHaveLength(2);
    await dispose();
  });
});
