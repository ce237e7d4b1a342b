import { at, list, lowered, record } from '../unknown-json.ts';
import { type TerritoryReference, territoryReferenceSchema, territoryRuleSchema } from './territory-rule.ts';
import type { DeclarationProblem } from '../declaration-problem.ts';

type Path = (string | number)[];
type Complain = (path: Path, message: string) => void;

/**
 * What is wrong between the parts of `config/territories.json`. Takes the file as it is, since parts of it may be invalid: those are
 * told elsewhere, and passed over here.
 */
export function territoriesProblems(config: object): DeclarationProblem[] {
  const problems: DeclarationProblem[] = [];
  const complain: Complain = (path, message) => problems.push({ path, message });
  const regions = record(at(config, 'regions'));
  const segments = record(at(config, 'segments'));
  prefixProblems('regions', regions, complain);
  prefixProblems('segments', segments, complain);
  for (const [path, reference] of references(config)) {
    unknownName([...path, 'region'], reference.region, regions, 'region', complain);
    unknownName([...path, 'segment'], reference.segment, segments, 'segment', complain);
  }
  for (const name of Object.keys(record(at(config, 'owner_roles', 'by_region'))))
    unknownName(['owner_roles', 'by_region', name], name, regions, 'region', complain);
  for (const name of Object.keys(record(at(config, 'owner_roles', 'by_segment'))))
    unknownName(['owner_roles', 'by_segment', name], name, segments, 'segment', complain);
  priorityProblems(at(config, 'client_priorities'), ['client_priorities'], complain);
  idProblems(config, complain);
  advisorProblems(config, complain);
  mergeProblems(config, complain);
  duplicateProblems(config, complain);
  return problems;
}

function prefixProblems(part: string, prefixes: Readonly<Record<string, unknown>>, complain: Complain): void {
  const names = Object.keys(prefixes);
  for (const [index, name] of names.entries()) {
    const first = names.find((other) => prefixes[other] === prefixes[name]);
    if (first !== undefined && first !== name)
      complain([part, name], `the prefix ${String(prefixes[name])} belongs to '${first}' already`);
    if (names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) !== index)
      complain([part, name], `'${name}' stands twice, upper and lower case alike`);
  }
}

/** Every place that names a region, a segment or both. */
function references(config: object): [Path, TerritoryReference][] {
  const found: [Path, unknown][] = [
    [['default_rule', 'unplaced'], at(config, 'default_rule', 'unplaced')],
    ...list(at(config, 'inactive_territories')).map((value, index): [Path, unknown] => [
      ['inactive_territories', index],
      value,
    ]),
    ...list(at(config, 'advisors')).flatMap((advisor, index) =>
      list(at(advisor, 'territories')).map((value, place): [Path, unknown] => [
        ['advisors', index, 'territories', place],
        value,
      ]),
    ),
    ...list(at(config, 'rules')).flatMap((rule, index): [Path, unknown][] => [
      [['rules', index, 'effect', 'territory'], at(rule, 'effect', 'territory')],
      ...list(at(rule, 'effect', 'secondary')).map((value, place): [Path, unknown] => [
        ['rules', index, 'effect', 'secondary', place, 'territory'],
        at(value, 'territory'),
      ]),
    ]),
  ];
  return found.flatMap(([path, value]): [Path, TerritoryReference][] => {
    const parsed = territoryReferenceSchema.safeParse(value);
    return parsed.success ? [[path, parsed.data]] : [];
  });
}

function unknownName(
  path: Path,
  name: string | undefined,
  known: Readonly<Record<string, unknown>>,
  kind: string,
  complain: Complain,
): void {
  if (name === undefined || Object.hasOwn(known, name)) return;
  complain(path, `unknown ${kind} '${name}'; declared ${kind}s: ${Object.keys(known).join(', ') || 'none'}`);
}

/** A priority cannot depend on itself. */
function priorityProblems(condition: unknown, path: Path, complain: Complain): void {
  if (typeof condition !== 'object' || condition === null) return;
  if (at(condition, 'attribute') === 'client_priority')
    complain([...path, 'attribute'], 'client_priority comes of these conditions; only rules may ask for it');
  for (const [name, part] of Object.entries(condition))
    priorityProblems(part, [...path, Array.isArray(condition) ? Number(name) : name], complain);
}

function idProblems(config: object, complain: Complain): void {
  const ids: [Path, unknown][] = [
    [['default_rule', 'id'], at(config, 'default_rule', 'id')],
    [['parent_rule', 'id'], at(config, 'parent_rule', 'id')],
    ...list(at(config, 'rules')).map((rule, index): [Path, unknown] => [['rules', index, 'id'], at(rule, 'id')]),
  ];
  for (const [path, id] of repeated(ids)) complain(path, `the rule id ${id} stands twice`);
}

function advisorProblems(config: object, complain: Complain): void {
  const advisors = list(at(config, 'advisors'));
  const emails = advisors.map((advisor, index): [Path, unknown] => [
    ['advisors', index, 'email'],
    lowered(at(advisor, 'email')),
  ]);
  for (const [path, email] of repeated(emails)) complain(path, `the advisor ${email} stands twice`);
  const inactive = new Set(
    advisors.filter((advisor) => at(advisor, 'is_active') === false).map((advisor) => lowered(at(advisor, 'email'))),
  );
  for (const [index, rule] of list(at(config, 'rules')).entries()) {
    const parsed = territoryRuleSchema.safeParse(rule);
    if (!parsed.success || parsed.data.kind === 'blacklist' || !parsed.data.is_active) continue;
    if (inactive.has(parsed.data.effect.advisor))
      complain(['rules', index, 'effect', 'advisor'], `the advisor ${parsed.data.effect.advisor} is not active`);
  }
}

/** Merged into two records, or into one that is merged itself, a client would have no certain place. */
function mergeProblems(config: object, complain: Complain): void {
  const merges = list(at(config, 'merges'));
  const merged = merges.flatMap((merge, index) =>
    list(at(merge, 'merge')).map((key, place): [Path, unknown] => [['merges', index, 'merge', place], key]),
  );
  const kept = merges.map((merge, index): [Path, unknown] => [['merges', index, 'keep'], at(merge, 'keep')]);
  for (const [path, key] of repeated(merged)) complain(path, `the client ${key} is merged twice`);
  for (const [path, key] of repeated(kept)) complain(path, `the client ${key} is kept by two merges; list all in one`);
  for (const [path, key] of kept) {
    if (typeof key === 'string' && merged.some(([, other]) => other === key))
      complain(path, `the client ${key} is kept here and merged elsewhere`);
  }
}

function duplicateProblems(config: object, complain: Complain): void {
  const [least, medium, high] = ['at_least', 'medium', 'high'].map((name) => at(config, 'duplicates', name));
  if (typeof least !== 'number' || typeof medium !== 'number' || typeof high !== 'number') return;
  if (least > medium || medium > high) complain(['duplicates'], 'expected at_least ≤ medium ≤ high');
}

function repeated(values: readonly [Path, unknown][]): [Path, string][] {
  const seen = new Set<string>();
  return values.flatMap(([path, value]): [Path, string][] => {
    if (typeof value !== 'string') return [];
    if (seen.has(value)) return [[path, value]];
    seen.add(value);
    return [];
  });
}
