import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { CrashPoint } from '../../lambdas/domain/crash-points.ts';
import { compileCache } from '../support/compile-cache.ts';
import { asOf } from './drops.ts';
import type { OrgAccess } from './fault-org.ts';

/** What the script `children/run-pipeline.ts` is told. */
export interface ChildRequest {
  readonly asOf: string;
  readonly resume?: string | null;
  readonly pauseAt?: CrashPoint;
  /** How far its clock is ahead. */
  readonly minutesAhead?: number;
  /** Name of the secret with the login of an org. */
  readonly orgName?: string | undefined;
}

/** What it says when it comes to its end. */
export interface ChildOutcome {
  readonly error: { readonly name: string; readonly message: string } | null;
}

/** How a child ended: by itself with an outcome, or by a signal. */
export interface ChildEnd {
  readonly signal: string | null;
  readonly outcome: ChildOutcome | null;
}

export interface ChildOptions extends Partial<Omit<ChildRequest, 'orgName'>> {
  readonly home: string;
  /** `point` or `point#n`: dies at the n-th visit. */
  readonly crashAt?: string;
  readonly org?: OrgAccess | undefined;
}

const script = fileURLToPath(new URL('children/run-pipeline.ts', import.meta.url));
const flags = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=64'];

/** Small and cheap: these tests start dozens of processes. */
export function childEnvironment(home: string, crashAt?: string, org?: OrgAccess): NodeJS.ProcessEnv {
  const { HEADWATER_CRASH_AT: _, ...inherited } = process.env;
  return {
    ...inherited,
    ...org?.environment,
    ...(org === undefined ? {} : { HEADWATER_CONFIG: org.overlay }),
    ...(crashAt === undefined ? {} : { HEADWATER_CRASH_AT: crashAt }),
    HEADWATER_HOME: home,
    HEADWATER_MEMORY_MB: '512',
    HEADWATER_THREADS: '1',
    ...compileCache,
  };
}

/** One run of the pipeline in a process of its own. */
export class ChildRun {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #closed: Promise<unknown>;

  constructor({ home, crashAt, org, ...options }: ChildOptions) {
    const request: ChildRequest = { asOf, ...options, orgName: org?.name };
    this.#process = spawn(process.execPath, [...flags, script, JSON.stringify(request)], {
      env: childEnvironment(home, crashAt, org),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (this.#process.stdout === null) throw new Error('expected a pipe');
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
    this.#closed = once(this.#process, 'close');
  }

  /** Waits until it has stopped at its point. Throws when it ended instead. */
  async paused(): Promise<void> {
    const line = await this.line();
    if (line !== 'paused') throw new Error(`expected the child to pause, it said: ${line ?? 'nothing'}`);
  }

  continue(): void {
    this.#process.kill('SIGCONT');
  }

  async ended(): Promise<ChildEnd> {
    const line = await this.line();
    await this.#closed;
    const outcome = line === null ? null : (JSON.parse(line) as ChildOutcome);
    return { signal: this.#process.signalCode, outcome };
  }

  /** For clean-up: also a stopped child dies. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#closed;
  }

  /** The next line that it says, or null when it has ended. */
  async line(): Promise<string | null> {
    const next = await this.#lines.next();
    return next.done === true ? null : next.value;
  }
}

/** Runs a child to its end, whatever that is. */
export async function runChild(options: ChildOptions): Promise<ChildEnd> {
  return await new ChildRun(options).ended();
}
