import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { InterruptedError, UsageError } from '../lambdas/domain/errors.ts';
import { readSettings } from '../lambdas/wiring/config.ts';
import { type LocalOptions, type LocalPipeline, openLocal } from '../lambdas/wiring/local.ts';
import { type SimulatedOrg, simulatedOrg, simulatedSecret, startSimulatedOrg } from './simulated-org.ts';
import { errorText, exitCodeOf } from './terminal/report-error.ts';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly home?: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly debug?: boolean;
}

export interface CommandContext {
  readonly pipeline: LocalPipeline;
  readonly options: GlobalOptions;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  /** Data for the caller, on stdout. */
  readonly print: (text: string) => void;
  /** Progress and remarks for a person, on stderr; silent with --quiet. */
  readonly say: (text: string) => void;
}

/** What a command asks of its context. */
export interface CommandOptions {
  readonly createsHome?: boolean;
  /** Name of the secret with the login of an org. */
  readonly org?: string | undefined;
  /** Done with the data home before anything is opened. */
  readonly prepare?: (home: string, say: (text: string) => void) => Promise<void>;
}

/** Opens the pipeline for one command, and turns its outcome into an exit code. */
export async function withPipeline(
  command: Command,
  work: (context: CommandContext) => Promise<void>,
  local: LocalOptions & CommandOptions = {},
): Promise<void> {
  const options = command.optsWithGlobals<GlobalOptions>();
  endQuietlyWithReader();
  const interrupt = interruptSignal();
  let pipeline: LocalPipeline | undefined;
  let org: SimulatedOrg | undefined;
  try {
    let settings = readSettings({ home: options.home, config: options.config, org: local.org });
    if (local.createsHome !== true && !existsSync(settings.home)) {
      throw new UsageError(`There is no lake at ${settings.home}.`, {
        advice: '`npm start` and `headwater run` make one; --home or HEADWATER_HOME say where it is.',
      });
    }
    const say = (text: string) => {
      if (options.quiet !== true) process.stderr.write(text);
    };
    await local.prepare?.(settings.home, say);
    // Served by another process, the org's login stands in the environment already.
    if (settings.org === simulatedOrg && process.env[simulatedSecret] === undefined) {
      org = await startSimulatedOrg(settings.home);
      settings = { ...settings, environment: { ...settings.environment, ...org.environment } };
    }
    pipeline = await openLocal(settings, {
      tell: (line) => process.stderr.write(`${line}\n`),
      compressed: settings.org !== simulatedOrg,
      ...local,
    });
    await work({
      pipeline,
      options,
      signal: interrupt.signal,
      print: (text) => process.stdout.write(text),
      say,
    });
  } catch (error) {
    process.stderr.write(errorText(error, options.debug === true));
    process.exitCode = exitCodeOf(error);
  } finally {
    interrupt.dispose();
    await pipeline?.close();
    await org?.close();
  }
}

/** Whoever reads our output may stop reading (`headwater files | head`); that is no error. */
function endQuietlyWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  }
}

/** The first Ctrl-C stops the run in an orderly way; the second one at once, as a kill would: both can be resumed. */
function interruptSignal(): { signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(130);
    process.stderr.write('\nStopping; what is finished is kept. Press Ctrl-C again to stop at once.\n');
    controller.abort(
      new InterruptedError('The run was interrupted.', { advice: 'Resume it with `headwater run --resume <run>`.' }),
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    dispose: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
