/** Something a person decided to do about a customer, kept over rebuilds. */
export interface Action {
  readonly id: string;
  readonly kind: string;
  readonly status: 'open' | 'pending' | 'scheduled' | 'done' | 'dismissed' | 'expired';
  readonly payload: Readonly<Record<string, string | number | null>>;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Actions {
  /** Creates the action, or returns the one that has this id already: asking twice does it once. */
  create(action: Action): Promise<Action>;
  /** Sets the status, and those values of the payload that are given. Throws ObjectNotFoundError when there is no such action. */
  setStatus(id: string, status: Action['status'], updatedAt: string, payload?: Action['payload']): Promise<Action>;
  get(id: string): Promise<Action | null>;
  /** Oldest first. */
  withStatus(status: Action['status']): Promise<Action[]>;
}
