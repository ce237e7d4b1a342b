import type { FieldValues, OrgChange } from '../../../simulator/org/org-change.ts';
import { OrgDatabase } from '../../../simulator/org/org-database.ts';
import { orgShapes } from '../../../simulator/org/shapes/org-shapes.ts';

/** Minute `minutes` after the clock at which `emptyOrg` stands. */
export const at = (minutes: number): Date => new Date(Date.UTC(2025, 5, 30, 12, minutes));

/** An org without records whose clock stands at `at(0)`. */
export async function emptyOrg(path = ':memory:'): Promise<OrgDatabase> {
  const database = await OrgDatabase.open(path, orgShapes);
  await database.setNow(at(0));
  return database;
}

/** An edit that is committed when it is stamped, at `at(0)` unless told. */
export function edit<Kind extends OrgChange['kind']>(
  kind: Kind,
  object: string,
  id: string,
  rest: { values?: FieldValues; silent?: boolean; loserId?: string; minute?: number; committed?: number } = {},
): OrgChange {
  const { minute = 0, committed = minute, ...more } = rest;
  return { kind, object, id, stampedAt: at(minute), committedAt: at(committed), ...more } as OrgChange;
}

/** Rows of a statement, JSON-safe. */
export async function select(database: OrgDatabase, sql: string): Promise<Record<string, unknown>[]> {
  return (await database.connection.runAndReadAll(sql)).getRowObjectsJson() as Record<string, unknown>[];
}
