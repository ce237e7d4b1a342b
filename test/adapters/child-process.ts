import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A real process that runs one of the scripts in `children/`: it says lines, and may wait for one. */
export class Child {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #ended: Promise<unknown>;

  constructor(script: string, ...parameters: string[]) {
    const path = fileURLToPath(new URL(`children/${script}`, import.meta.url));
    this.#process = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path, ...parameters], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    if (this.#process.stdout === null) throw new Error('expected a pipe');
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
    this.#ended = once(this.#process, 'close');
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** The next line it says, or null when it has ended. */
  async line(): Promise<string | null> {
    const next = await this.#lines.next();
    return next.done === true ? null : next.value;
  }

  go(): void {
    this.#process.stdin?.write('go\n');
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#ended;
  }

  async ended(): Promise<{ code: number | null; signal: string | null }> {
    await this.#ended;
    return { code: this.#process.exitCode, signal: this.#process.signalCode };
  }
}

/** Starts them all, lets them go together when every one is ready, and returns what each said last. */
export async function race(children: readonly Child[]): Promise<string[]> {
  for (const child of children) await child.line();
  for (const child of children) child.go();
  return Promise.all(children.map(async (child) => (await child.line()) ?? ''));
}
