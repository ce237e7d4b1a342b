import { ObjectNotFoundError } from '../../domain/errors.ts';
import type { Action, Actions } from '../../ports/actions.ts';
import { byBytes } from '../ledger-records/byte-order.ts';

export class MemoryActions implements Actions {
  readonly #actions = new Map<string, Action>();

  async create(action: Action): Promise<Action> {
    if (!this.#actions.has(action.id)) this.#actions.set(action.id, structuredClone(action));
    return this.#found(action.id);
  }

  async setStatus(
    id: string,
    status: Action['status'],
    updatedAt: string,
    payload: Action['payload'] = {},
  ): Promise<Action> {
    const stored = this.#found(id);
    this.#actions.set(id, { ...stored, status, updatedAt, payload: { ...stored.payload, ...payload } });
    return this.#found(id);
  }

  async get(id: string): Promise<Action | null> {
    return structuredClone(this.#actions.get(id) ?? null);
  }

  async withStatus(status: Action['status']): Promise<Action[]> {
    return structuredClone([...this.#actions.values()])
      .filter((action) => action.status === status)
      .sort((one, other) => byBytes(one.createdAt, other.createdAt) || byBytes(one.id, other.id));
  }

  #found(id: string): Action {
    const action = this.#actions.get(id);
    if (action === undefined) throw new ObjectNotFoundError(`There is no action '${id}'.`);
    return structuredClone(action);
  }
}
