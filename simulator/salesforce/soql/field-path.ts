import type { FieldShape, ObjectShape } from '../../org/object-shape.ts';
import { invalidField } from '../api-error.ts';
import type { OrgSchema } from '../org-schema.ts';
import { column, table } from './identifier.ts';

/** A field as a query names it, seen from the object of its FROM clause. */
export interface ResolvedField {
  /** Names as the org writes them: `['Owner', 'Name']`. */
  readonly path: readonly string[];
  readonly field: FieldShape;
  /** The object that has the field; of several possible parents, the first. */
  readonly object: ObjectShape;
  /** The column of the field's value. */
  readonly sql: string;
  /** Where the value is one of a compound field: how to reach its parts. */
  readonly part: (name: string) => string;
}

/** A parent that a query reaches, by its relationship name. */
export interface ParentJoin {
  readonly alias: string;
  readonly object: ObjectShape;
}

/**
 * Turns the field paths of one query into columns, and remembers the joins that they need. Identifiers come from the org's shapes,
 * never from the query.
 */
export class FieldPaths {
  readonly object: ObjectShape;
  readonly alias: string;
  readonly #schema: OrgSchema;
  readonly #prefixes: ReadonlySet<string>;
  readonly #joins = new Map<string, ParentJoin[]>();
  readonly #joinSql: string[] = [];

  constructor(schema: OrgSchema, object: ObjectShape, alias: string, queryAlias?: string) {
    this.#schema = schema;
    this.object = object;
    this.alias = alias;
    this.#prefixes = new Set([object.name.toLowerCase(), ...(queryAlias ? [queryAlias.toLowerCase()] : [])]);
  }

  /** The FROM clause with all joins that were needed so far. */
  from(): string {
    return [`${table(this.object)} as ${this.alias}`, ...this.#joinSql].join(' ');
  }

  /** The possible parents at the end of a path of relationship names. */
  parents(relationships: readonly string[]): readonly ParentJoin[] {
    return this.#joins.get(relationships.join('.').toLowerCase()) ?? [];
  }

  /** @throws SalesforceError INVALID_FIELD */
  resolve(text: string): ResolvedField {
    const steps = text.split('.');
    if (steps.length > 1 && this.#prefixes.has((steps[0] ?? '').toLowerCase())) steps.shift();
    const name = steps.pop() ?? '';
    let here: readonly ParentJoin[] = [{ alias: this.alias, object: this.object }];
    const path: string[] = [];
    for (const step of steps) {
      const [only, another] = here;
      if (only === undefined || another !== undefined) {
        throw invalidField(
          `Relationship '${step}' cannot be reached through the polymorphic relationship '${path.at(-1)}'`,
        );
      }
      const reference = this.#schema.relationship(only.object, step);
      path.push(reference.relationshipName ?? step);
      here = this.#join(path, only, reference);
    }
    return this.#field(path, here, name);
  }

  #field(path: readonly string[], parents: readonly ParentJoin[], name: string): ResolvedField {
    const having = parents.flatMap((parent) => {
      const field = this.#schema.findField(parent.object, name);
      return field === undefined ? [] : [{ ...parent, field }];
    });
    const [first] = having;
    if (first === undefined) {
      const [parent] = parents;
      if (parent === undefined) throw invalidField(`Nothing is behind the relationship '${path.at(-1)}'`);
      this.#schema.field(parent.object, name);
      throw invalidField(`No such column '${name}'`);
    }
    const part = (fieldName: string): string => {
      const columns = having.map((parent) => column(parent.alias, fieldName));
      return columns.length === 1 ? (columns[0] ?? '') : `coalesce(${columns.join(', ')})`;
    };
    return {
      path: [...path, first.field.name],
      field: first.field,
      object: first.object,
      sql: part(first.field.name),
      part,
    };
  }

  #join(path: readonly string[], child: ParentJoin, reference: FieldShape): readonly ParentJoin[] {
    const key = path.join('.').toLowerCase();
    const known = this.#joins.get(key);
    if (known !== undefined) return known;
    const joins = reference.referenceTo.flatMap((target) => {
      const object = this.#schema.find(target);
      if (object === undefined) return [];
      const alias = `${this.alias}_${this.#joinSql.length + 1}`;
      this.#joinSql.push(
        `left join ${table(object)} as ${alias} on ${column(alias, 'Id')} = ${column(child.alias, reference.name)}`,
      );
      return [{ alias, object }];
    });
    this.#joins.set(key, joins);
    return joins;
  }
}
