import {
  changedColumns,
  type ClientRecord,
  type ClientSource,
  type ClientVersion,
  closedVersion,
  openVersion,
  reopenedVersion,
} from './client-version.ts';
import { textOrder } from './text-order.ts';

/** One dropped file, or what the org's accounts are on one day. */
export interface ClientFile {
  /** Name of the file: orders the files of a day. */
  readonly name: string;
  readonly source: ClientSource;
  /** YYYY-MM-DD: the date in the file's name, else the run's as_of. */
  readonly effectiveDate: string;
  /** full: a client who is not in it is gone. delta: says nothing about others. */
  readonly kind: 'full' | 'delta';
  /** The last of several records with one key counts. */
  readonly records: readonly ClientRecord[];
  /** Records that were set aside, as text: a client whose key stands in one of them is not missing from a full file. */
  readonly unread?: readonly string[];
}

/** What is known of one client while files are applied. */
interface State {
  readonly source: ClientSource;
  /** Versions that ended. */
  readonly past: ClientVersion[];
  /** The version that the day began with; undefined before the first. */
  current: ClientVersion | undefined;
  /** What the day's files have said so far, and whether by absence. */
  said: ClientRecord | undefined;
  missing: boolean;
}

/**
 * The clients' history after some files (SCD type 2): input and output as rows of ClientVersion (client_sk, client_key, client_name,
 * region, segment, parent_org, primary_advisor_email, is_active, annual_revenue, source_system, effective_from, effective_to,
 * is_current, change_reason), output sorted by client_key and effective_from.
 *
 * Files apply by (date, full before delta, name), whatever their order here; those after `asOf` do not count. What `previous` says of a
 * source for the day of its earliest file here and later is taken back first, so that a day run again replaces its own versions, and a
 * late file comes right when all files of its source from its date on are given (or, with `previous` empty, all there are).
 * Intervals are half-open and meet without gap; a day's versions compare the day's end with the day before. Only the tracked columns
 * make versions: client_name and annual_revenue are the ones stated last while the version was current.
 */
export function foldClientFiles(
  previous: readonly ClientVersion[],
  files: readonly ClientFile[],
  asOf: string,
): ClientVersion[] {
  const applicable = files.filter((file) => file.effectiveDate <= asOf).toSorted(fileOrder);
  const states = statesBefore(previous, applicable);
  let index = 0;
  while (index < applicable.length) {
    const date = applicable[index]?.effectiveDate ?? asOf;
    const touched = new Set<State>();
    for (; applicable[index]?.effectiveDate === date; index++) {
      const file = applicable[index];
      if (file !== undefined) applyFile(file, statesOf(states, file.source), touched);
    }
    for (const state of touched) endDay(state, date);
  }
  return [...states.values()]
    .flatMap((bySource) => [...bySource])
    .toSorted(([a], [b]) => textOrder(a, b))
    .flatMap(([, { past, current }]) => (current === undefined ? past : [...past, current]));
}

/** The order in which files apply; of a day's files the full ones first, so that deltas amend them. */
export function fileOrder(a: ClientFile, b: ClientFile): number {
  if (a.effectiveDate !== b.effectiveDate) return textOrder(a.effectiveDate, b.effectiveDate);
  if (a.kind !== b.kind) return a.kind === 'full' ? -1 : 1;
  return textOrder(a.name, b.name);
}

type States = Map<ClientSource, Map<string, State>>;

function statesOf(states: States, source: ClientSource): Map<string, State> {
  const found = states.get(source) ?? new Map<string, State>();
  states.set(source, found);
  return found;
}

/** The history as it was before the earliest file of each source. */
function statesBefore(previous: readonly ClientVersion[], applicable: readonly ClientFile[]): States {
  const states: States = new Map();
  const earliest = new Map<ClientSource, string>();
  for (const { source, effectiveDate } of applicable.toReversed()) earliest.set(source, effectiveDate);
  for (const version of previous.toSorted((a, b) => textOrder(a.effective_from, b.effective_from))) {
    const from = earliest.get(version.source_system);
    if (from !== undefined && version.effective_from >= from) continue;
    const reopens = from !== undefined && version.effective_to !== null && version.effective_to >= from;
    const kept = reopens ? reopenedVersion(version) : version;
    const ofSource = statesOf(states, version.source_system);
    const state = ofSource.get(version.client_key) ?? newState(version.source_system);
    ofSource.set(version.client_key, state);
    if (kept.is_current) state.current = kept;
    else state.past.push(kept);
  }
  return states;
}

function newState(source: ClientSource): State {
  return { source, past: [], current: undefined, said: undefined, missing: false };
}

function applyFile(file: ClientFile, states: Map<string, State>, touched: Set<State>): void {
  const present = new Set<State>();
  for (const record of file.records) {
    let state = states.get(record.client_key);
    if (state === undefined) {
      state = newState(file.source);
      states.set(record.client_key, state);
    }
    state.said = record;
    state.missing = false;
    present.add(state);
    touched.add(state);
  }
  if (file.kind === 'delta') return;
  for (const [key, state] of states) {
    const known = state.said ?? state.current;
    if (present.has(state) || known === undefined || file.unread?.some((text) => text.includes(key))) continue;
    state.said = { ...known, is_active: false };
    state.missing = true;
    touched.add(state);
  }
}

/** Compares what the day's files have said in the end with the version that the day began with. */
function endDay(state: State, date: string): void {
  const { source, current, said, missing } = state;
  state.said = undefined;
  state.missing = false;
  if (said === undefined) return;
  if (current === undefined) {
    state.current = openVersion(said, source, date, 'NEW');
    return;
  }
  const changed = changedColumns(current, said);
  if (changed.length === 0) {
    if (current.client_name === said.client_name && current.annual_revenue === said.annual_revenue) return;
    state.current = { ...current, client_name: said.client_name, annual_revenue: said.annual_revenue };
    return;
  }
  state.past.push(closedVersion(current, date));
  state.current = openVersion(said, source, date, missing ? 'MISSING' : `CHANGED(${changed.join(', ')})`);
}
