export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What is used of the interpreter's events. */
export interface MachineEvent {
  readonly type: string;
  readonly state?: { readonly name: string; readonly type: string; readonly input: Json; readonly output?: Json };
  /** Set on events from inside a Map. */
  readonly index?: number;
}

/** A stage of the run as a person sees it: it begins, its batches end one by one, it ends. */
export type StageEvent =
  | { readonly kind: 'begin'; readonly stage: string; readonly items: number }
  | { readonly kind: 'batch'; readonly stage: string; readonly rows: number }
  | { readonly kind: 'end'; readonly stage: string; readonly failed: boolean; readonly summary: string };

/** State of the machine -> name of the stage and of the part of the state that holds its result. */
const stages: Readonly<Record<string, { stage: string; result: string }>> = {
  'plan-run': { stage: 'plan-run', result: 'plan' },
  'extract-all-objects': { stage: 'extract-object', result: 'extracted' },
  'collect-all-files': { stage: 'collect-files', result: 'collected' },
  'build-layer-silver': { stage: 'build-layer silver', result: 'silver' },
  'check-layer-silver': { stage: 'check-layer silver', result: 'silverChecks' },
  'build-layer-gold': { stage: 'build-layer gold', result: 'gold' },
  'check-layer-gold': { stage: 'check-layer gold', result: 'goldChecks' },
  'build-layer-analytics': { stage: 'build-layer analytics', result: 'analytics' },
  'publish-run': { stage: 'publish-run', result: 'published' },
  'archive-files': { stage: 'archive-files', result: 'archived' },
  'serve-publication': { stage: 'serve-publication', result: 'served' },
  'close-run': { stage: 'close-run', result: 'closed' },
  'close-failed-run': { stage: 'close-run', result: 'closed' },
};

/** State at which an iteration of a Map ends -> stage. */
const iterations: Readonly<Record<string, string>> = {
  'object-extracted': 'extract-object',
  'collect-files': 'collect-files',
};

/**
 * Reads the events of an execution to its end: tells the watcher about stages, and measures what AWS limits. A Lambda task makes five
 * history events there and any other state two; a Map iteration adds two.
 */
export async function follow(
  events: AsyncIterable<MachineEvent>,
  watch: (event: StageEvent) => void,
): Promise<{ historyEvents: number; largestState: number; runId: string | null }> {
  let runId: string | null = null;
  const caught = new Set<string>();
  let historyEvents = 0;
  let largestState = 0;
  for await (const event of events) {
    historyEvents +=
      event.type === 'StateRetried' || (event.type === 'StateEntered' && event.state?.type === 'Task') ? 4 : 1;
    if (event.type === 'StateExited' && event.index === undefined) {
      largestState = Math.max(largestState, Buffer.byteLength(JSON.stringify(event.state?.output ?? null)));
    }
    if (event.type === 'StateCaught') caught.add(event.state?.name ?? '');
    // The interpreter lets a state whose failure was caught exit all the same.
    if (event.type === 'StateExited' && caught.delete(event.state?.name ?? '')) continue;
    if (event.type === 'StateExited' && event.state?.name === 'plan-run')
      runId = plannedRun(event.state.output ?? null);
    for (const told of stageEvents(event)) watch(told);
  }
  return { historyEvents, largestState, runId };
}

function plannedRun(output: Json): string | null {
  const runId = member(member(member(output, 'plan'), 'run'), 'runId');
  return typeof runId === 'string' ? runId : null;
}

function stageEvents(event: MachineEvent): StageEvent[] {
  const { state } = event;
  if (state === undefined) return [];
  const iteration = iterations[state.name];
  if (iteration !== undefined && event.type === 'StateExited') {
    return [{ kind: 'batch', stage: iteration, rows: figure(state.output ?? null, 'rowsLoaded') }];
  }
  const known = stages[state.name];
  if (known === undefined) return [];
  const { stage, result } = known;
  const plan = member(state.input, 'plan');
  const items = member(plan, stage === 'extract-object' ? 'objects' : 'batches');
  const count = Array.isArray(items) ? items.length : 0;
  // A lake without an org has nothing to tell about it.
  if (stage === 'extract-object' && count === 0) return [];
  if (event.type === 'StateEntered') return [{ kind: 'begin', stage, items: count }];
  if (event.type === 'StateCaught') return [{ kind: 'end', stage, failed: true, summary: 'failed' }];
  if (event.type !== 'StateExited') return [];
  const output = member(state.output ?? null, result);
  const failed = Array.isArray(output) && output.some((item) => member(item, 'error') !== null);
  return [{ kind: 'end', stage, failed, summary: summaryOf(stage, output) }];
}

function summaryOf(stage: string, output: Json): string {
  const number = (name: string) => figure(output, name).toLocaleString('en');
  switch (stage) {
    case 'plan-run':
      return `${number('pendingFiles')} files to collect`;
    case 'extract-object':
      return extractedSummary(Array.isArray(output) ? output : []);
    case 'collect-files':
      return collectedSummary(Array.isArray(output) ? output : []);
    case 'build-layer silver':
    case 'build-layer gold':
    case 'build-layer analytics':
      return `${number('built')} tables built, ${number('kept')} unchanged, ${number('rowsOut')} rows, ${number('quarantined')} in quarantine`;
    case 'check-layer silver':
    case 'check-layer gold':
      return `${number('passed')} of ${number('checks')} checks passed`;
    case 'publish-run':
      return member(output, 'switched') === true
        ? `${number('tables')} tables, ${number('rows')} rows`
        : 'nothing changed';
    case 'archive-files':
      return `${number('archived')} archived, ${number('rejected')} rejected, ${number('duplicates')} duplicates`;
    case 'serve-publication':
      return member(output, 'publication') === null
        ? 'nothing to serve'
        : `${(figure(output, 'bytes') / 1e6).toFixed(1)} MB for the API`;
    default:
      return String(member(output, 'status') ?? '').toLowerCase();
  }
}

function collectedSummary(batches: readonly Json[]): string {
  const sum = (name: string) =>
    batches.reduce<number>((total, batch) => total + figure(batch, name), 0).toLocaleString('en');
  return `${sum('accepted')} files accepted, ${sum('rejected')} rejected, ${sum('duplicates')} duplicates, ${sum('rowsLoaded')} rows, ${sum('quarantined')} quarantined`;
}

function extractedSummary(objects: readonly Json[]): string {
  const sum = (name: string) =>
    objects.reduce<number>((total, object) => total + figure(object, name), 0).toLocaleString('en');
  const count = (status: string) => objects.filter((object) => member(object, 'status') === status).length;
  const partial = count('PARTIAL') === 0 ? '' : `, ${count('PARTIAL')} PARTIAL`;
  return `${count('EXTRACTED')} objects${partial}, ${sum('rowsRead')} records read, ${sum('rowsLoaded')} new or changed, ${sum('deletions')} deleted`;
}

function member(value: Json, name: string): Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value[name] ?? null) : null;
}

function figure(value: Json, name: string): number {
  const found = member(value, name);
  return typeof found === 'number' ? found : 0;
}
