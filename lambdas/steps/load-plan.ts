import { CorruptStateError } from '../domain/errors.ts';
import type { Plan } from '../domain/plan.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { RunState } from './run-state.ts';

/** The plan that `plan-run` stored. Throws CorruptStateError when there is none. */
export async function loadPlan(ports: PipelinePorts, runId: string): Promise<Plan> {
  const plan = await new RunState(ports.lake, runId).plan();
  if (plan === null) throw new CorruptStateError(`The plan of run ${runId} is missing.`);
  return plan;
}
