import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Executions, StartResult } from '../ports/executions.ts';
import { serviceError } from './aws/service-error.ts';

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
      throw serviceError(error, `starting the execution '${name}'`);
    }
  }

  /** Of an execution that exists. */
  async #stateOf(name: string): Promise<StartResult> {
    const executionArn = `${this.#stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    try {
      const { status } = await this.#client.send(new DescribeExecutionCommand({ executionArn }));
      return status === 'RUNNING' || status === 'PENDING_REDRIVE' ? 'STARTED' : 'ENDED';
    } catch (error) {
      throw serviceError(error, `looking at the execution '${name}'`);
    }
  }
}
