/** Field types as a describe call names them. */
export type FieldType =
  | 'id'
  | 'reference'
  | 'string'
  | 'textarea'
  | 'picklist'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'email'
  | 'phone'
  | 'url'
  | 'address'
  | 'base64';

/** One field as the org describes it. */
export interface FieldShape {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** Characters of text fields, 0 for others. */
  readonly length: number;
  /** Digits of numbers, and those of them behind the point; 0 for others. */
  readonly precision: number;
  readonly scale: number;
  readonly nillable: boolean;
  readonly custom: boolean;
  /** A formula: its value is computed at reading and changes without a SystemModstamp. */
  readonly calculated: boolean;
  readonly referenceTo: readonly string[];
  /** Name by which SOQL reaches the parent: Owner for OwnerId; null for other fields. */
  readonly relationshipName: string | null;
  /** The compound field that this one is a part of: BillingAddress for BillingCity; else null. */
  readonly compoundFieldName: string | null;
  readonly picklistValues: readonly string[];
}

/** One object as the org describes it; the order of fields is the order of a describe. */
export interface ObjectShape {
  readonly name: string;
  readonly label: string;
  /** First three characters of its Ids. */
  readonly keyPrefix: string;
  readonly custom: boolean;
  readonly fields: readonly FieldShape[];
}
