import { readFile } from 'node:fs/promises';
import { StateMachine } from 'aws-local-stepfunctions';
import { TerminalError } from '../domain/errors.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import type { PlanRunInput } from '../steps/plan-run.ts';
import { follow, type Json, type MachineEvent, type StageEvent } from './follow-execution.ts';
import { type TaskName, taskOfPlaceholder, tasks } from './tasks.ts';

export interface StateMachineDefinition {
  readonly StartAt: string;
  readonly States: Record<string, State>;
}

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly ItemProcessor?: StateMachineDefinition;
}

/** What AWS allows (docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). */
export const payloadLimit = 262_144;
export const historyLimit = 25_000;

export interface LocalExecution {
  /** Output of `close-run`, or of `plan-run` when the run never began. */
  readonly output: Json;
  /** The error that failed the run; null after a good one. */
  readonly error: Error | null;
  /** Events that the same execution would have in its history on AWS, an upper bound. */
  readonly historyEvents: number;
  /** The run that was planned; null when it never began. */
  readonly runId: string | null;
  /** Bytes of the largest state that went from step to step. */
  readonly largestState: number;
}

const definitionFile = new URL('headwater.asl.json', import.meta.url);

export async function readDefinition(): Promise<StateMachineDefinition> {
  return JSON.parse(await readFile(definitionFile, 'utf8')) as StateMachineDefinition;
}

/** Does a task of the state machine: JSON in, JSON out. Throws what fails it. */
export type TaskCaller = (task: TaskName, payload: Json) => Promise<Json>;

/**
 * Executes the state machine that AWS runs, in this process, each task bound to its step. An abort of the signal makes the running
 * steps fail with InterruptedError, and the state machine closes the run as after any failure.
 */
export async function runLocally(
  ports: PipelinePorts,
  input: PlanRunInput,
  signal: AbortSignal,
  watch: (event: StageEvent) => void = () => {},
): Promise<LocalExecution> {
  const callStep: TaskCaller = async (task, payload) => {
    // Closing a run is what an interrupt asks for, so it is not itself interrupted.
    const ownSignal = task === 'close-run' ? new AbortController().signal : signal;
    return (await tasks[task].run(ports, payload, ownSignal)) as Json;
  };
  return await executeMachine(callStep, input, watch);
}

/** Executes the state machine that AWS runs, in this process, each task done by `call`; `name` is the execution's, where it has one. */
export async function executeMachine(
  call: TaskCaller,
  input: PlanRunInput,
  watch: (event: StageEvent) => void = () => {},
  name = '',
): Promise<LocalExecution> {
  const definition = await readDefinition();
  const failures = new Map<string, Error>();
  const states = taskStates(definition);
  const handlers = Object.fromEntries(
    states.map(({ state, task }) => [state, (payload: Json) => checkedCall(call, task, payload, failures)]),
  );
  const retries = Object.fromEntries(states.map(({ state }) => [state, 250]));
  // A test validates the definition; here that would cost as much as a small run.
  const machine = new StateMachine(substituted(definition) as never, { validationOptions: { noValidate: true } });
  const execution = machine.run(input as never, {
    context: { Execution: { Name: name } },
    overrides: {
      taskResourceLocalHandlers: handlers as never,
      retryIntervalOverrides: retries,
      // A bulk job of a laptop's org takes seconds, not minutes.
      waitTimeOverrides: { 'wait-for-job': 1_000 },
    },
  });
  const counting = follow(execution.eventLogs as AsyncIterable<MachineEvent>, watch);
  let output: Json = null;
  let error: Error | null = null;
  try {
    output = (await execution.result) as Json;
    error = busyError(output, failures);
  } catch (failure) {
    error = originalError(failure, failures);
  }
  return { output, error, ...(await counting) };
}

/** Placeholders become ARNs, as CDK does it, since the interpreter validates resources; the handlers above are called all the same. */
export function substituted(definition: StateMachineDefinition): StateMachineDefinition {
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:$1';
  return JSON.parse(JSON.stringify(definition).replaceAll(/\$\{(\w+)\}/g, arn)) as StateMachineDefinition;
}

interface TaskState {
  readonly state: string;
  readonly task: TaskName;
}

/** Every Task state, also inside Maps, with the task that its placeholder stands for. */
export function taskStates(definition: StateMachineDefinition): TaskState[] {
  return Object.entries(definition.States).flatMap(([name, state]) => {
    if (state.ItemProcessor !== undefined) return taskStates(state.ItemProcessor);
    if (state.Type !== 'Task') return [];
    const task = taskOfPlaceholder(state.Resource ?? '');
    if (task === undefined) throw new TerminalError(`State '${name}' names the unknown resource ${state.Resource}.`);
    return [{ state: name, task }];
  });
}

async function checkedCall(
  call: TaskCaller,
  task: TaskName,
  payload: Json,
  failures: Map<string, Error>,
): Promise<Json> {
  checkPayload(task, payload);
  try {
    const result = await call(task, payload);
    checkPayload(task, result);
    return result;
  } catch (error) {
    if (error instanceof Error) failures.set(`${error.name}\n${error.message}`, error);
    throw error;
  }
}

/** The local interpreter has no limit, so a state that AWS would refuse is refused here. */
function checkPayload(task: string, payload: Json): void {
  const bytes = byteLength(payload);
  if (bytes > payloadLimit) {
    throw new TerminalError(`The payload of ${task} has ${bytes} bytes; the state machine allows ${payloadLimit}.`, {
      advice: 'Pass a reference to the data instead of the data.',
    });
  }
}

function byteLength(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** A lake that another run works on is no failure of the state machine, but whoever asked for a run here wants to know. */
function busyError(output: Json, failures: ReadonlyMap<string, Error>): Error | null {
  const { Error: name, Cause: message } = (output as { error?: { Error: string; Cause: string } } | null)?.error ?? {};
  return name === undefined ? null : (failures.get(`${name}\n${message}`) ?? new TerminalError(message ?? name));
}

/** The state machine carries errors as name and message; the object thrown by the step knows more. */
function originalError(failure: unknown, failures: ReadonlyMap<string, Error>): Error {
  const cause = failure instanceof Error && failure.cause instanceof Error ? failure.cause : failure;
  if (!(cause instanceof Error)) return new TerminalError(String(failure));
  return failures.get(`${cause.name}\n${cause.message}`) ?? cause;
}
