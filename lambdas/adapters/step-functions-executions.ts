import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  SFNServiceException,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { TerminalError, TransientError } from '../domain/errors.ts';
import type { Executions, StartResult } from '../ports/executions.ts';

/** Executions of one state machine in AWS Step Functions. */
export class StepFunctionsExecutions implements Executions {
  readonly #client: SFNClient;
  readonly #stateMachineArn: string;

  constructor(client: SFNClient, stateMachineArn: string) {
    this.#client = client;
    this.#stateMachineArn = stateMachineArn;
  }

  async start(name: string, input: object): Promise<StartResult> {
    try {
      await this.#client.send(
        new StartExecutionCommand({ stateMachineArn: this.#stateMachineArn, name, input: JSON.stringify(input) }),
      );
      return 'STARTED';
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return await this.#stateOf(name);
      throw ours(error, `The execution '${name}' cannot be started`);
    }
  }

  /** Of an execution that exists. */
  async #stateOf(name: string): Promise<StartResult> {
    const executionArn = `${this.#stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    try {
      const { status } = await this.#client.send(new DescribeExecutionCommand({ executionArn }));
      return status === 'RUNNING' || status === 'PENDING_REDRIVE' ? 'STARTED' : 'ENDED';
    } catch (error) {
      throw ours(error, `The execution '${name}' cannot be looked at`);
    }
  }
}

/** Refusals are final; whatever else goes wrong between here and there (throttling, faults, no connection) may pass. */
function ours(error: unknown, what: string): Error {
  const message = `${what}: ${error instanceof Error ? error.message : String(error)}`;
  const refused =
    error instanceof SFNServiceException && error.$fault === 'client' && error.$retryable?.throttling !== true;
  if (refused && !/Throttl|TooManyRequests|ExpiredToken/.test(error.name)) {
    return new TerminalError(message, { cause: error });
  }
  return new TransientError(message, { cause: error });
}
