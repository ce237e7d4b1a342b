/** An account as linking sees it: a row of `silver.account_name`. */
export interface LinkAccount {
  readonly account_id: string;
  readonly region: string | null;
  readonly parent_account_id: string | null;
  /** ComparedName, whole and core; null for an account without a name. */
  readonly name_norm: string | null;
  readonly name_core: string | null;
}

/** An account that has a contact value in common with others: a row of `silver.shared_contact`. */
export interface SharedContact {
  readonly kind: 'email' | 'phone';
  readonly value: string;
  readonly account_id: string;
}

/** Two accounts for which a rule holds; `a` and `b` are places in the list of accounts, which is sorted by Id, and a < b. */
export interface LinkedPair {
  readonly a: number;
  readonly b: number;
  /** Likeness of the cores, hundredths of a percent. 0 where it is below every threshold. */
  readonly similarity: number;
  readonly sameName: boolean;
  readonly sameParent: boolean;
  readonly sharedEmail: boolean;
  readonly sharedPhone: boolean;
}
