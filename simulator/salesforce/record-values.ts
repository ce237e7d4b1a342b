import type { FieldShape, ObjectShape } from '../org/object-shape.ts';
import type { FieldValue, FieldValues } from '../org/org-change.ts';
import { SalesforceError } from './api-error.ts';
import { isWritable } from './describe.ts';
import type { OrgSchema } from './org-schema.ts';
import { kindOf } from './soql/field-kind.ts';
import { longId } from './soql/long-id.ts';

/**
 * The values of a record that a client creates or changes, checked against the object's fields; text as it came, an empty text as
 * null, Ids in their long form.
 * @throws SalesforceError INVALID_FIELD, INVALID_FIELD_FOR_INSERT_UPDATE, STRING_TOO_LONG, MALFORMED_ID, JSON_PARSER_ERROR
 */
export function readValues(
  members: Readonly<Record<string, unknown>>,
  object: ObjectShape,
  schema: OrgSchema,
): FieldValues {
  const values: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(members)) {
    if (name === 'attributes') continue;
    const field = schema.findField(object, name);
    if (field === undefined) {
      throw new SalesforceError(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
    }
    if (!isWritable(field)) {
      const message = `Unable to create/update fields: ${field.name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`;
      throw new SalesforceError(400, 'INVALID_FIELD_FOR_INSERT_UPDATE', message, { fields: [field.name] });
    }
    values[field.name] = readValue(value, field);
  }
  return values;
}

function readValue(value: unknown, field: FieldShape): FieldValue {
  if (value === null || value === '') return null;
  switch (kindOf(field)) {
    case 'id': {
      const id = typeof value === 'string' ? longId(value) : null;
      if (id === null) {
        const message = `${field.label}: id value of incorrect type: ${String(value)}`;
        throw new SalesforceError(400, 'MALFORMED_ID', message, { fields: [field.name] });
      }
      return id;
    }
    case 'number':
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      if (typeof value === 'string' && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value)) return value;
      break;
    case 'boolean':
      if (typeof value === 'boolean') return value;
      break;
    case 'date':
      if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)))
        return value;
      break;
    case 'datetime': {
      const time = new Date(String(value).replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
      if (typeof value === 'string' && !Number.isNaN(time.getTime())) return time;
      break;
    }
    default:
      if (typeof value === 'string') return checkedText(value, field);
  }
  const message = `Cannot deserialize instance of ${field.type} from VALUE_${typeof value} value ${String(value)}`;
  throw new SalesforceError(400, 'JSON_PARSER_ERROR', message);
}

function checkedText(text: string, field: FieldShape): string {
  if (field.length > 0 && text.length > field.length) {
    const shown = text.slice(0, 100);
    const message = `${field.label}: data value too large: ${shown} (max length=${field.length})`;
    throw new SalesforceError(400, 'STRING_TOO_LONG', message, { fields: [field.name] });
  }
  return text;
}

/**
 * Adds what Salesforce fills in itself: owner, currency, the first choice of a required picklist, automatic numbers.
 * @throws SalesforceError REQUIRED_FIELD_MISSING
 */
export function withDefaults(values: FieldValues, object: ObjectShape, id: string, userId: string): FieldValues {
  const filled: Record<string, FieldValue> = { ...values };
  const missing: string[] = [];
  for (const field of object.fields) {
    if (field.nillable || filled[field.name] != null || field.type === 'boolean' || field.type === 'id') continue;
    if (field.type === 'datetime' && !isWritable(field)) continue;
    const value = defaultValue(field, id, userId);
    if (value === undefined) missing.push(field.name);
    else filled[field.name] = value;
  }
  if (missing.length > 0) {
    const message = `Required fields are missing: [${missing.join(', ')}]`;
    throw new SalesforceError(400, 'REQUIRED_FIELD_MISSING', message, { fields: missing });
  }
  return filled;
}

function defaultValue(field: FieldShape, id: string, userId: string): string | undefined {
  if (['OwnerId', 'CreatedById', 'LastModifiedById'].includes(field.name)) return userId;
  if (field.name === 'CurrencyIsoCode') return 'USD';
  if (field.type === 'picklist') return field.picklistValues[0];
  return field.name.endsWith('Number') ? id.slice(6, 15) : undefined;
}
