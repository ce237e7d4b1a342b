/** Values that a statement binds: text, cast to the column's type in the statement. No value of a query becomes part of its SQL. */
export class Parameters {
  readonly values: string[] = [];

  /** Adds a value and returns its place in the statement: `$3`, or `cast($3 as …)`. */
  bind(value: string, type?: string): string {
    this.values.push(value);
    const place = `$${this.values.length}`;
    return type === undefined ? place : `cast(${place} as ${type})`;
  }
}
