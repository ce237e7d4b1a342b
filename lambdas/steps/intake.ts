import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { received } from './register-files.ts';
import { type StartOutcome, type StartPorts, startRun } from './start-run.ts';

export interface IntakePorts extends StartPorts, Pick<PipelinePorts, 'raw' | 'files'> {}

export interface IntakeOutput {
  /** Files that the ledger did not know. */
  readonly registered: number;
  /** Of the files told of, how many lie in landing/ now. */
  readonly present: number;
  /** NOTHING when none is there any more: a late or repeated event. */
  readonly run: StartOutcome | 'NOTHING';
}

const prefix = 'landing/';

/** Takes events of dropped files, in any order and any number of times: tells the ledger of what is there, and sees to it that one run follows. */
export async function intake(ports: IntakePorts, { keys }: { keys: readonly string[] }): Promise<IntakeOutput> {
  const now = ports.now().toISOString();
  const wanted = [...new Set(keys)].filter((key) => key.startsWith(prefix) && !key.endsWith('/'));
  const found = await Promise.all(wanted.map((key) => ports.raw.head(key)));
  const present = found.filter((object) => object !== null);
  if (present.length === 0) return { registered: 0, present: 0, run: 'NOTHING' };
  const registered = await ports.files.register(present.map((object) => received(object, now)));
  return { registered, present: present.length, run: await startRun(ports) };
}
