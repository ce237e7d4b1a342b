import type { FieldPaths, ParentJoin, ResolvedField } from './field-path.ts';
import { column } from './identifier.ts';
import { valueJson } from './value-text.ts';

interface Node {
  /** Members in the order of the SELECT clause: values, and parents by relationship name. */
  readonly members: Map<string, ResolvedField | Node>;
}

/**
 * SQL of one text per record: the JSON object that a REST query answers with. Made by the database, so that no value takes a way
 * through a number or a driver that would change it.
 */
export function recordJson(columns: readonly ResolvedField[], paths: FieldPaths, version: string): string {
  const root: Node = { members: new Map() };
  for (const resolved of columns) insert(root, resolved.path, resolved);
  return objectSql(root, [{ alias: paths.alias, object: paths.object }], [], paths, version);
}

function insert(node: Node, path: readonly string[], resolved: ResolvedField): void {
  const [step, ...rest] = path;
  if (step === undefined) return;
  if (rest.length === 0) {
    node.members.set(step, resolved);
    return;
  }
  const known = node.members.get(step);
  const child = known !== undefined && 'members' in known ? known : { members: new Map() };
  node.members.set(step, child);
  insert(child, rest, resolved);
}

function objectSql(
  node: Node,
  parents: readonly ParentJoin[],
  path: readonly string[],
  paths: FieldPaths,
  version: string,
): string {
  const parts = [`'{"attributes":' || ${attributesSql(parents, version)}`];
  for (const [name, member] of node.members) {
    parts.push(`',"${name}":'`);
    if (!('members' in member)) {
      parts.push(valueJson(member));
      continue;
    }
    const memberPath = [...path, name];
    const joins = paths.parents(memberPath);
    const absent = joins.map((join) => `${column(join.alias, 'Id')} is null`).join(' and ');
    const json = objectSql(member, joins, memberPath, paths, version);
    parts.push(`case when ${absent} then 'null' else ${json} end`);
  }
  return `${parts.join(' || ')} || '}'`;
}

function attributesSql(parents: readonly ParentJoin[], version: string): string {
  const objects = parents.map(({ alias, object }) => {
    const id = column(alias, 'Id');
    const url = `/services/data/v${version}/sobjects/${object.name}/`;
    return `'{"type":"${object.name}","url":"${url}' || ${id} || '"}'`;
  });
  return objects.length === 1 ? (objects[0] ?? '') : `coalesce(${objects.join(', ')})`;
}
