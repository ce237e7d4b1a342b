import type { FieldShape, FieldType, ObjectShape } from '../org/object-shape.ts';
import { isFilterable, kindOf } from './soql/field-kind.ts';

const SOAP_TYPES: Readonly<Partial<Record<FieldType, string>>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  address: 'urn:address',
  base64: 'xsd:base64Binary',
};

/** Fields that Salesforce itself fills. */
const SYSTEM_FIELDS = new Set([
  'Id',
  'IsDeleted',
  'CreatedDate',
  'CreatedById',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
  'MasterRecordId',
  'LastActivityDate',
]);

/** Whether a client may give the field a value. */
export function isWritable(field: FieldShape): boolean {
  return !(field.calculated || field.type === 'address' || SYSTEM_FIELDS.has(field.name));
}

/** The object as a member of `GET V/sobjects`. */
export function describeObject(object: ObjectShape, version: string): Readonly<Record<string, unknown>> {
  const base = `/services/data/v${version}/sobjects/${object.name}`;
  return {
    activateable: false,
    createable: true,
    custom: object.custom,
    customSetting: false,
    deletable: object.fields.some(({ name }) => name === 'IsDeleted'),
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: `${object.label}s`,
    layoutable: true,
    mergeable: object.fields.some(({ name }) => name === 'MasterRecordId'),
    mruEnabled: true,
    name: object.name,
    queryable: true,
    replicateable: true,
    retrieveable: true,
    searchable: true,
    triggerable: true,
    undeletable: object.fields.some(({ name }) => name === 'IsDeleted'),
    updateable: true,
    urls: { sobject: base, describe: `${base}/describe`, rowTemplate: `${base}/{ID}` },
  };
}

/** The object with its fields: `GET V/sobjects/X/describe`. */
export function describeFully(object: ObjectShape, version: string): Readonly<Record<string, unknown>> {
  return {
    ...describeObject(object, version),
    childRelationships: [],
    recordTypeInfos: [],
    fields: object.fields.map((field) => describeField(field)),
  };
}

function describeField(field: FieldShape): Readonly<Record<string, unknown>> {
  const filterable = isFilterable(field);
  return {
    aggregatable: filterable && field.type !== 'boolean',
    autoNumber: false,
    byteLength: field.length * 3,
    calculated: field.calculated,
    caseSensitive: false,
    compoundFieldName: field.compoundFieldName,
    createable: isWritable(field),
    custom: field.custom,
    defaultedOnCreate: !isWritable(field) || field.type === 'boolean' || field.name === 'OwnerId',
    deprecatedAndHidden: false,
    digits: field.type === 'int' ? 18 : 0,
    externalId: false,
    filterable,
    groupable: filterable && !['currency', 'double', 'percent', 'datetime'].includes(field.type),
    idLookup: field.type === 'id',
    label: field.label,
    length: field.length,
    name: field.name,
    nameField: field.name === 'Name',
    nillable: field.nillable,
    picklistValues: field.picklistValues.map((value) => ({
      active: true,
      defaultValue: false,
      label: value,
      validFor: null,
      value,
    })),
    permissionable: isWritable(field) && field.nillable,
    polymorphicForeignKey: field.referenceTo.length > 1,
    precision: field.precision,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    restrictedPicklist: false,
    scale: field.scale,
    soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
    sortable: filterable && kindOf(field) !== 'compound',
    type: field.type,
    unique: field.type === 'id',
    updateable: isWritable(field),
  };
}
