import { CorruptStateError, ObjectNotFoundError, StorageBusyError } from '../../domain/errors.ts';
import type { Action, Actions } from '../../ports/actions.ts';
import { actionSchema } from '../ledger-records/action-schema.ts';
import { byBytes } from '../ledger-records/byte-order.ts';
import { storedRecord } from '../ledger-records/stored-record.ts';
import type { Item, LedgerTable } from './ledger-table.ts';

const partition = 'ACTION';
const changeTries = 5;

export class DynamoDbActions implements Actions {
  readonly #table: LedgerTable;

  constructor(table: LedgerTable) {
    this.#table = table;
  }

  async create(action: Action): Promise<Action> {
    await this.#table.put(itemOf(action), { expression: 'attribute_not_exists(pk)' });
    const stored = await this.get(action.id);
    if (stored === null) throw new CorruptStateError(`The ledger lost the action '${action.id}' just written.`);
    return stored;
  }

  async setStatus(
    id: string,
    status: Action['status'],
    updatedAt: string,
    payload: Action['payload'] = {},
  ): Promise<Action> {
    for (let attempt = 1; attempt <= changeTries; attempt += 1) {
      const item = await this.#table.get(partition, id);
      if (item === null) throw new ObjectNotFoundError(`There is no action '${id}'.`);
      const action = actionOf(item);
      const changed = { ...action, status, updatedAt, payload: { ...action.payload, ...payload } };
      const before = { expression: 'action_record = :before', values: { ':before': String(item.action_record) } };
      if (await this.#table.put(itemOf(changed), before)) return changed;
    }
    throw new StorageBusyError(`Others change the action '${id}' all the time.`);
  }

  async get(id: string): Promise<Action | null> {
    const item = await this.#table.get(partition, id);
    return item === null ? null : actionOf(item);
  }

  async withStatus(status: Action['status']): Promise<Action[]> {
    const actions = (await Array.fromAsync(this.#table.query(partition))).map(actionOf);
    return actions
      .filter((action) => action.status === status)
      .sort((one, other) => byBytes(one.createdAt, other.createdAt) || byBytes(one.id, other.id));
  }
}

function itemOf(action: Action): Item {
  return { pk: partition, sk: action.id, action_record: JSON.stringify(action) };
}

function actionOf(item: Item): Action {
  return storedRecord(actionSchema, item.action_record, `action ${item.sk}`);
}
