import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../lambdas/domain/run-record.ts';
import { childEnvironment } from './child-run.ts';
import { CommittedObjects } from './committed-objects.ts';
import { asOf } from './drops.ts';
import { type FaultHome, withHome } from './fault-home.ts';
import { expectInvariants, expectQuietRun } from './invariants.ts';
import { suiteStage } from './suite-stage.ts';

const door = fileURLToPath(new URL('../../bin/headwater.ts', import.meta.url));

/** The command knows no other configuration. */
const whole = { whole: true };

const { stage } = suiteStage(whole);

/** `headwater run` in a process of its own, whose stderr is read line by line. */
class Command {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #closed: Promise<unknown>;

  constructor(home: string, ...options: string[]) {
    const flags = ['--disable-warning=ExperimentalWarning', door, 'run', '--as-of', asOf, ...options];
    this.#process = spawn(process.execPath, flags, {
      env: childEnvironment(home),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (this.#process.stderr === null) throw new Error('expected a pipe');
    this.#lines = createInterface({ input: this.#process.stderr })[Symbol.asyncIterator]();
    this.#closed = once(this.#process, 'close');
  }

  /** Waits until it says so. */
  async says(text: string): Promise<void> {
    for (;;) {
      const next = await this.#lines.next();
      if (next.done === true) throw new Error(`the command ended without saying '${text}'`);
      if (next.value.includes(text)) return;
    }
  }

  interrupt(): void {
    this.#process.kill('SIGINT');
  }

  async exitCode(): Promise<number | null> {
    await this.#closed;
    return this.#process.exitCode;
  }
}

async function lastRun(home: string): Promise<RunRecord | undefined> {
  return await withHome(home, async ({ ports }) => {
    expect(await ports.leases.current('pipeline')).toBeNull();
    const [last] = await ports.runs.list(1);
    return last;
  });
}

describe('Ctrl-C', () => {
  it('stops a run in good order, again and again, and it can be resumed', async () => {
    const home = stage().template;
    const objects = new CommittedObjects(home);
    const first = new Command(home);
    await first.says('✓ plan-run');
    first.interrupt();
    expect(await first.exitCode()).toBe(130);
    const run = await lastRun(home);
    expect(run).toMatchObject({ status: 'INTERRUPTED', error: { name: 'InterruptedError' } });
    const resume = ['--resume', run?.id ?? ''];

    const second = new Command(home, ...resume);
    await second.says('✓ collect-files');
    second.interrupt();
    expect(await second.exitCode()).toBe(130);
    expect(await lastRun(home)).toMatchObject({ id: run?.id, status: 'INTERRUPTED' });

    const third = new Command(home, ...resume);
    await third.says('✓ plan-run');
    third.interrupt();
    await third.says('Stopping');
    third.interrupt();
    expect(await third.exitCode()).toBe(130);
    await objects.check();

    const last = new Command(home, ...resume);
    expect(await last.exitCode()).toBe(0);
    expect(await lastRun(home)).toMatchObject({ id: run?.id, status: 'PUBLISHED', error: null });
    const expectGoodEnd = async (opened: FaultHome) => {
      await expectInvariants(opened, stage().expected);
      await expectQuietRun(opened);
    };
    await withHome(home, expectGoodEnd, whole);
    await objects.check();
  });
});
