import type { FieldShape, FieldType } from '../object-shape.ts';

/** What differs from the usual: nillable, not calculated, label made from the name. */
interface Options {
  readonly required?: true;
  readonly calculated?: true;
  readonly label?: string;
}

function field(name: string, type: FieldType, rest: Partial<FieldShape>, options: Options = {}): FieldShape {
  return {
    name,
    label: options.label ?? labelOf(name),
    type,
    length: 0,
    precision: 0,
    scale: 0,
    nillable: options.required !== true,
    custom: name.endsWith('__c'),
    calculated: options.calculated === true,
    referenceTo: [],
    relationshipName: null,
    compoundFieldName: null,
    picklistValues: [],
    ...rest,
  };
}

/** `AnnualRevenue` → `Annual Revenue`, `Paid_Date__c` → `Paid Date`, `OwnerId` → `Owner ID`. */
export function labelOf(name: string): string {
  const words = name.replace(/__c$/, '').replaceAll('_', ' ');
  return words.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/ Id$/, ' ID');
}

export const id = (): FieldShape => field('Id', 'id', { length: 18 }, { required: true, label: 'Record ID' });

export const string = (name: string, length: number, options?: Options): FieldShape =>
  field(name, 'string', { length }, options);

export const textarea = (name: string, length: number): FieldShape => field(name, 'textarea', { length });

export const email = (name: string): FieldShape => field(name, 'email', { length: 80 });

export const phone = (name: string): FieldShape => field(name, 'phone', { length: 40 });

export const url = (name: string): FieldShape => field(name, 'url', { length: 255 });

export const picklist = (name: string, picklistValues: readonly string[], options?: Options): FieldShape =>
  field(name, 'picklist', { length: 255, picklistValues }, options);

export const boolean = (name: string): FieldShape => field(name, 'boolean', {}, { required: true });

export const int = (name: string): FieldShape => field(name, 'int', {});

export const double = (name: string, precision: number, scale: number, options?: Options): FieldShape =>
  field(name, 'double', { precision, scale }, options);

export const currency = (name: string, options?: Options): FieldShape =>
  field(name, 'currency', { precision: 18, scale: 2 }, options);

export const percent = (name: string): FieldShape => field(name, 'percent', { precision: 3, scale: 0 });

export const date = (name: string, options?: Options): FieldShape => field(name, 'date', {}, options);

export const datetime = (name: string, options?: Options): FieldShape => field(name, 'datetime', {}, options);

/** A look-up: SOQL reaches the parent as `Owner` for `OwnerId`, as `Account__r` for `Account__c`. */
export function reference(name: string, to: string | readonly string[], options?: Options): FieldShape {
  const relationshipName = name.endsWith('__c') ? name.replace(/__c$/, '__r') : name.replace(/Id$/, '');
  const referenceTo = typeof to === 'string' ? [to] : to;
  return field(name, 'reference', { length: 18, referenceTo, relationshipName }, options);
}

/** A postal address: its five parts and the compound field that shows them together. */
export function address(prefix: string): readonly FieldShape[] {
  const compoundFieldName = `${prefix}Address`;
  return [
    field(`${prefix}Street`, 'textarea', { length: 255, compoundFieldName }),
    field(`${prefix}City`, 'string', { length: 40, compoundFieldName }),
    field(`${prefix}State`, 'string', { length: 80, compoundFieldName }),
    field(`${prefix}PostalCode`, 'string', { length: 20, compoundFieldName }),
    field(`${prefix}Country`, 'string', { length: 80, compoundFieldName }),
    field(compoundFieldName, 'address', {}),
  ];
}

export const isDeleted = (): FieldShape => field('IsDeleted', 'boolean', {}, { required: true, label: 'Deleted' });

/** Who made and who last changed the record, and when; SystemModstamp also moves when Salesforce itself changes it. */
export const auditFields = (): readonly FieldShape[] => [
  datetime('CreatedDate', { required: true }),
  reference('CreatedById', 'User', { required: true }),
  datetime('LastModifiedDate', { required: true }),
  reference('LastModifiedById', 'User', { required: true }),
  datetime('SystemModstamp', { required: true }),
];
