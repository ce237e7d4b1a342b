import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { placeholderOf, type TaskName } from '../../lambdas/pipeline/tasks.ts';
import { explainWildcards } from './explained-wildcards.ts';
import type { PipelineFunction } from './pipeline-function.ts';

export interface RunMachineProps {
  readonly name: string;
  /** The definition's file: deployed as it is, with the placeholders put in by CloudFormation. */
  readonly definition: string;
  readonly functions: ReadonlyMap<string, PipelineFunction>;
  readonly logKey: IKey;
  readonly logDays: RetentionDays;
}

/** The state machine of a run. Its role may call the stages and nothing else. */
export class RunMachine extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: RunMachineProps) {
    super(scope, id);
    const stages = [...props.functions].filter(([name]) => name !== 'intake');
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      description: 'Calls the stages of a run',
    });
    role.addToPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['lambda:InvokeFunction'],
        resources: stages.map(([, { function: stage }]) => stage.functionArn),
      }),
    );
    const logs = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/vendedlogs/states/${props.name}`,
      retention: props.logDays,
      encryptionKey: props.logKey,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.stateMachine = new StateMachine(this, 'Machine', {
      stateMachineName: props.name,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromFile(props.definition),
      definitionSubstitutions: Object.fromEntries(
        stages.map(([name, { function: stage }]) => [placeholderOf(name as TaskName), stage.functionArn]),
      ),
      role,
      tracingEnabled: true,
      // Names of files and counts, no data: steps pass references.
      logs: { destination: logs, level: LogLevel.ALL, includeExecutionData: false },
    });
    explainWildcards(role, {
      'Resource::*': `X-Ray and the delivery of logs have no resources to name (${Stack.of(this).stackName}).`,
    });
  }
}
