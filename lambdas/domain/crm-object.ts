import type { SalesforceObject } from './salesforce-source.ts';

/** One field of a CRM object, as far as extraction needs to know it. */
export interface CrmField {
  /** API name. */
  readonly name: string;
  /** Type as Salesforce names it: string, datetime, currency, address, base64 … */
  readonly type: string;
  /** A formula: it changes without a SystemModstamp. */
  readonly calculated: boolean;
}

export interface CrmObject {
  readonly name: string;
  readonly fields: readonly CrmField[];
}

/** Compound fields repeat their parts, and Bulk 2.0 refuses both. */
const unreadableTypes = new Set(['address', 'location', 'complexvalue', 'base64']);

/** Fields to read, in the order of the description: all that Bulk 2.0 can give, or those that the configuration lists. */
export function fieldsToRead(described: CrmObject, declared: SalesforceObject): CrmField[] {
  const readable = described.fields.filter((field) => !unreadableTypes.has(field.type));
  if (declared.fields === undefined) return readable;
  const wanted = new Set([...declared.fields, 'Id', ...cursorFields, 'IsDeleted'].map((name) => name.toLowerCase()));
  return readable.filter((field) => wanted.has(field.name.toLowerCase()));
}

const cursorFields = ['SystemModstamp', 'LastModifiedDate', 'CreatedDate'] as const;

/** The field that orders changes: SystemModstamp, else LastModifiedDate, else CreatedDate; null when every read must be a full one. */
export function cursorField(described: CrmObject): string | null {
  const names = new Set(described.fields.map((field) => field.name));
  return cursorFields.find((name) => names.has(name)) ?? null;
}

export function hasField(described: CrmObject, name: string): boolean {
  return described.fields.some((field) => field.name === name);
}

/**
 * Fields whose changes no stamp tells and that somebody reads: formulas that are mapped to silver (`mapped`, in lower case; null where
 * nothing says what is read), and those that the configuration names. A formula like an age in days changes in every record every day:
 * keeping it up to date for nobody would read and write the whole object nightly.
 */
export function silentFields(
  fields: readonly CrmField[],
  declared: SalesforceObject,
  mapped: ReadonlySet<string> | null,
): string[] {
  const named = new Set(declared.refresh.map((name) => name.toLowerCase()));
  const isSilent = ({ name, calculated }: CrmField) =>
    named.has(name.toLowerCase()) || (calculated && (mapped?.has(name.toLowerCase()) ?? true));
  return fields.filter(isSilent).map((field) => field.name);
}

export interface SchemaChange {
  readonly field: string;
  readonly change: 'added' | 'removed' | 'retyped';
  readonly before: string | null;
  readonly after: string | null;
}

/** What became different between two descriptions, each as field -> type; sorted by field. */
export function schemaChanges(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): SchemaChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return names.flatMap((field): SchemaChange[] => {
    const [was, is] = [before[field] ?? null, after[field] ?? null];
    if (was === is) return [];
    const change = was === null ? 'added' : is === null ? 'removed' : 'retyped';
    return [{ field, change, before: was, after: is }];
  });
}

/** Field -> type, for comparing descriptions. */
export function fieldTypes(fields: readonly CrmField[]): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field.name, field.type]));
}
