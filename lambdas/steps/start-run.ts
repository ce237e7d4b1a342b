import { LeaseHeldError, TransientError } from '../domain/errors.ts';
import { newRunId } from '../domain/run-id.ts';
import type { Executions } from '../ports/executions.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { leaseName } from './lease.ts';
import type { PlanRunInput } from './plan-run.ts';

export interface StartPorts extends Pick<PipelinePorts, 'runs' | 'leases' | 'now'> {
  readonly executions: Executions;
}

/** BUSY: a run works, and starts the next one when it closes. */
export type StartOutcome = 'STARTED' | 'BUSY';

/** What schedules and events of files ask for. */
const input: PlanRunInput = { asOf: null, rebuild: false, reconcile: false, resume: null };

/** Executions that may end without having planned a run (no login, for example) before somebody has to look. */
const mostAttempts = 50;

/**
 * Starts one run, however often it is asked for before that run has planned. Its execution is named by the newest run of the ledger, and
 * `plan-run` makes a newer one: so all who ask in between mean the same execution. Throws TransientError when they all ended at once.
 */
export async function startRun(ports: StartPorts): Promise<StartOutcome> {
  let before: string | undefined;
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    // First the generation, then the lease: a run that begins in between makes this name an old one, not one that is used up.
    const generation = (await ports.runs.list(1))[0]?.id ?? 'none';
    if (generation !== before) attempt = 1;
    before = generation;
    const lease = await ports.leases.current(leaseName);
    if (lease !== null && Date.parse(lease.expiresAt) > ports.now().getTime()) return 'BUSY';
    const name = attempt === 1 ? `after-${generation}` : `after-${generation}-${attempt}`;
    if ((await ports.executions.start(name, input)) === 'STARTED') return 'STARTED';
  }
  throw new TransientError(`${mostAttempts} executions after run '${before}' ended before they had planned a run.`, {
    advice: 'Look at the error of the last failed execution; when it is mended, start a run by hand.',
  });
}

/** Starts a run as a person asks for it, and returns the name of its execution. Throws LeaseHeldError while another run works. */
export async function startRunByHand(
  ports: StartPorts & Pick<PipelinePorts, 'random'>,
  wanted: PlanRunInput,
): Promise<string> {
  const lease = await ports.leases.current(leaseName);
  if (lease !== null && Date.parse(lease.expiresAt) > ports.now().getTime()) throw new LeaseHeldError(lease);
  const name = `by-hand-${newRunId(ports.now(), ports.random)}`;
  await ports.executions.start(name, wanted);
  return name;
}
