import { executionKind } from '../domain/actions/execution.ts';
import type { Action, Actions } from '../ports/actions.ts';

/** What people decided since the publication was made, for figures over all recommendations. */
export interface ActionState {
  /** Recommendation -> its status by the ledger. */
  readonly statuses: ReadonlyMap<string, Action['status']>;
  readonly pending: number;
  /** Changes whenever an action does: a part of ETags. */
  readonly sequence: string;
}

const decided: readonly Action['status'][] = ['pending', 'scheduled', 'done', 'dismissed'];

/** The ledger's actions as they were a moment ago: looked at again after `holdMilliseconds`, and at once after `forget`. */
export class RecentActions {
  readonly #actions: Actions;
  readonly #holdMilliseconds: number;
  readonly #now: () => Date;
  #state: Promise<ActionState> | undefined;
  #readAt = 0;

  constructor(actions: Actions, holdMilliseconds: number, now: () => Date) {
    this.#actions = actions;
    this.#holdMilliseconds = holdMilliseconds;
    this.#now = now;
  }

  async state(): Promise<ActionState> {
    const now = this.#now().getTime();
    if (this.#state === undefined || now - this.#readAt > this.#holdMilliseconds) {
      this.#readAt = now;
      const reading = this.#read();
      this.#state = reading;
      // A failed look is no answer for the next one.
      reading.catch(() => {
        if (this.#state === reading) this.#state = undefined;
      });
    }
    return await this.#state;
  }

  forget(): void {
    this.#state = undefined;
  }

  async #read(): Promise<ActionState> {
    const statuses = new Map<string, Action['status']>();
    let latest = '';
    for (const status of decided) {
      for (const action of await this.#actions.withStatus(status)) {
        if (action.kind !== executionKind) continue;
        statuses.set(action.id, action.status);
        if (action.updatedAt > latest) latest = action.updatedAt;
      }
    }
    const pending = [...statuses.values()].filter((status) => status === 'pending').length;
    return { statuses, pending, sequence: `${statuses.size}.${pending}.${latest}` };
  }
}
