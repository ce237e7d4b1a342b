import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  PutItemCommand,
  type QueryCommandInput,
  TransactWriteItemsCommand,
  type TransactWriteItem,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { setTimeout as wait } from 'node:timers/promises';
import { StorageBusyError } from '../../domain/errors.ts';
import { ledgerListingIndex } from '../../domain/resource-names.ts';
import { faultOf, serviceError } from '../aws/service-error.ts';

/** An item of the ledger: its two keys and whatever it holds. An absent value is left out. */
export type Item = Readonly<Record<string, string | number>> & ItemKey;

export interface Condition {
  /** Undefined where only values are needed. */
  readonly expression?: string;
  /** `:name` -> value. */
  readonly values?: Readonly<Record<string, string | number>>;
}

export type LedgerWrite = { readonly put: Item; readonly condition?: Condition } | { readonly remove: ItemKey };

// A type, not an interface: those have no index signature.
export type ItemKey = { readonly pk: string; readonly sk: string };

const transactionTries = 6;
const pauseMilliseconds = 30;

/** One DynamoDB table with string keys `pk` and `sk`, read consistently. Failures are errors of ours; a refused condition is `false`. */
export class LedgerTable {
  readonly #client: DynamoDBClient;
  readonly #name: string;

  constructor(client: DynamoDBClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  async get(pk: string, sk: string): Promise<Item | null> {
    const { Item: item } = await this.#called(`reading ${pk}`, () =>
      this.#client.send(
        new GetItemCommand({ TableName: this.#name, Key: marshalled({ pk, sk }), ConsistentRead: true }),
      ),
    );
    return item === undefined ? null : unmarshalled(item);
  }

  /** Writes the item if the condition holds, and tells whether it did. */
  async put(item: Item, condition?: Condition): Promise<boolean> {
    const input = { TableName: this.#name, Item: marshalled(item), ...conditionInput(condition) };
    return await this.#unlessRefused(`writing ${item.pk}`, () => this.#client.send(new PutItemCommand(input)));
  }

  /** Changes one item by an update expression, or creates it, and gives it back; null when the condition does not hold. */
  async update(key: ItemKey, change: string, condition: Condition): Promise<Item | null> {
    const input = {
      TableName: this.#name,
      Key: marshalled(key),
      UpdateExpression: change,
      ...conditionInput(condition),
    };
    try {
      const { Attributes } = await this.#client.send(new UpdateItemCommand({ ...input, ReturnValues: 'ALL_NEW' }));
      return unmarshalled(Attributes ?? {});
    } catch (error) {
      if (isRefusal(error)) return null;
      throw serviceError(error, `changing ${key.pk} in the ledger table ${this.#name}`);
    }
  }

  /** All items of a partition in the order of `sk`, page by page. */
  query(pk: string, options: { descending?: boolean } = {}): AsyncGenerator<Item> {
    return this.#pages({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: marshalled({ ':pk': pk }),
      ConsistentRead: true,
      ScanIndexForward: options.descending !== true,
    });
  }

  /** Items with this `listing`, newest first, from an index that lags: what was written a moment ago may be missing. */
  newest(listing: string): AsyncGenerator<Item> {
    return this.#pages({
      IndexName: ledgerListingIndex,
      KeyConditionExpression: 'listing = :listing',
      ExpressionAttributeValues: marshalled({ ':listing': listing }),
      ScanIndexForward: false,
    });
  }

  /** At most 100 writes, all or none; false when a condition among them does not hold. */
  async transact(writes: readonly LedgerWrite[]): Promise<boolean> {
    const items = writes.map((write): TransactWriteItem => {
      if ('remove' in write) return { Delete: { TableName: this.#name, Key: marshalled(write.remove) } };
      return { Put: { TableName: this.#name, Item: marshalled(write.put), ...conditionInput(write.condition) } };
    });
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#client.send(new TransactWriteItemsCommand({ TransactItems: items }));
        return true;
      } catch (error) {
        if (isRefusal(error)) return false;
        const doing = `writing ${writes.length} items to the ledger table ${this.#name}`;
        if (!isConflict(error)) throw serviceError(error, doing);
        if (attempt === transactionTries)
          throw new StorageBusyError(`While ${doing}: others write the same items, or too much is written.`, {
            cause: error,
          });
        await wait(attempt * pauseMilliseconds);
      }
    }
  }

  async *#pages(query: Omit<QueryCommandInput, 'TableName'>): AsyncGenerator<Item> {
    try {
      for await (const page of paginateQuery({ client: this.#client }, { TableName: this.#name, ...query })) {
        for (const item of page.Items ?? []) yield unmarshalled(item);
      }
    } catch (error) {
      throw serviceError(error, `reading the ledger table ${this.#name}`);
    }
  }

  async #unlessRefused(doing: string, call: () => Promise<unknown>): Promise<boolean> {
    try {
      await call();
      return true;
    } catch (error) {
      if (isRefusal(error)) return false;
      throw serviceError(error, `${doing} in the ledger table ${this.#name}`);
    }
  }

  async #called<T>(doing: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw serviceError(error, `${doing} in the ledger table ${this.#name}`);
    }
  }
}

/** A condition that does not hold. */
function isRefusal(error: unknown): boolean {
  return faultOf(error).name === 'ConditionalCheckFailedException' || isCancelledFor(error, 'ConditionalCheckFailed');
}

const passingReasons = ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'];

/** A transaction that met another one, or was throttled: it may be tried again. */
function isConflict(error: unknown): boolean {
  return passingReasons.some((reason) => isCancelledFor(error, reason));
}

function isCancelledFor(error: unknown, reason: string): boolean {
  if (faultOf(error).name !== 'TransactionCanceledException') return false;
  const { CancellationReasons: reasons = [] } = error as { CancellationReasons?: { Code?: string }[] };
  return reasons.some(({ Code }) => Code === reason);
}

function conditionInput(condition: Condition | undefined) {
  if (condition === undefined) return {};
  const { expression, values } = condition;
  return {
    ...(expression === undefined ? {} : { ConditionExpression: expression }),
    ...(values === undefined ? {} : { ExpressionAttributeValues: marshalled(values) }),
  };
}

function marshalled(values: Readonly<Record<string, string | number>>): Record<string, AttributeValue> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? { N: String(value) } : { S: value },
    ]),
  );
}

function unmarshalled(item: Record<string, AttributeValue>): Item {
  const values = Object.entries(item).map(([name, value]) => [
    name,
    value.N === undefined ? (value.S ?? '') : Number(value.N),
  ]);
  return Object.fromEntries(values) as Item;
}
