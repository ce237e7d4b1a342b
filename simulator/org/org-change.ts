/** A value of a record: dates as `YYYY-MM-DD`, money as decimal text or number. */
export type FieldValue = string | number | bigint | boolean | Date | null;

export type FieldValues = Readonly<Record<string, FieldValue>>;

interface Timed {
  readonly object: string;
  /** Goes into SystemModstamp (and LastModifiedDate), in whole seconds. */
  readonly stampedAt: Date;
  /** From when on readers see it: never before the stamp; while the org's clock is behind, the change waits. */
  readonly committedAt: Date;
}

/** An edit of the org's data. */
export type OrgChange =
  | (Timed & { readonly kind: 'insert'; readonly id: string; readonly values: FieldValues })
  | (Timed & {
      readonly kind: 'update';
      readonly id: string;
      readonly values: FieldValues;
      /** Changes the values and no stamp, as Salesforce does when a formula's inputs change elsewhere. */
      readonly silent?: boolean;
    })
  /** delete: into the recycle bin. purge: for ever, so that only `deleted()` still knows the Id. */
  | (Timed & { readonly kind: 'delete' | 'undelete' | 'purge'; readonly id: string })
  /** The loser goes into the recycle bin with MasterRecordId set; whatever refers to it refers to the winner afterwards. */
  | (Timed & { readonly kind: 'merge'; readonly id: string; readonly loserId: string });
