import { Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type IFunction, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { codeOf } from './bundling.ts';
import { explainWildcards } from './explained-wildcards.ts';
import { type Consequence, RunbookAlarm } from './runbook-alarm.ts';

export interface PipelineFunctionProps extends Consequence {
  /** File in lambdas/handlers, and what the function is called. */
  readonly stage: string;
  readonly name: string;
  readonly usesEngine: boolean;
  readonly memoryMegabytes: number;
  readonly scratchMegabytes: number;
  readonly timeout: Duration;
  readonly logDays: RetentionDays;
  readonly logKey: IKey;
  readonly topic: ITopic;
  readonly environment: Readonly<Record<string, string>>;
}

/** A function with a role and a log of its own, traced, on arm64, whose failures alarm with their impact. It may do nothing until allowed to. */
export class PipelineFunction extends Construct {
  readonly role: Role;
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, props: PipelineFunctionProps) {
    super(scope, id);
    const logs = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${props.name}`,
      retention: props.logDays,
      encryptionKey: props.logKey,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Stage ${props.stage} of the pipeline`,
    });
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logs.logGroupArn]);
    this.function = new NodejsFunction(this, 'Function', {
      functionName: props.name,
      description: props.impact,
      ...codeOf({ stage: props.stage, usesEngine: props.usesEngine, cpu: 'arm64' }),
      memorySize: props.memoryMegabytes,
      ephemeralStorageSize: Size.mebibytes(props.scratchMegabytes),
      timeout: props.timeout,
      tracing: Tracing.ACTIVE,
      role: this.role,
      logGroup: logs,
      environment: { ...props.environment, POWERTOOLS_SERVICE_NAME: props.stage, NODE_OPTIONS: '--enable-source-maps' },
    });
    explainWildcards(this.role, {
      'Resource::*': 'X-Ray has no resources to name: segments are sent to the account.',
      [`Resource::<${Stack.of(this).getLogicalId(logs.node.defaultChild as never)}.Arn>:*`]:
        'The streams of its own log.',
    });
    new RunbookAlarm(this, 'Failing', {
      metric: this.failures(props),
      above: 0,
      impact: props.impact,
      runbook: props.runbook,
      topic: props.topic,
    });
  }

  /** Errors as Lambda counts them, which also knows of functions that died, without those that are no failure. */
  private failures({ stage, environment }: PipelineFunctionProps): IMetric {
    const period = Duration.minutes(5);
    const errors = (this.function as IFunction).metricErrors({ period, statistic: 'Sum' });
    const namespace = environment.POWERTOOLS_METRICS_NAMESPACE;
    if (stage !== 'plan-run' || namespace === undefined) return errors;
    const harmless = new Metric({
      namespace,
      // What lambdas/handlers/observed.ts counts instead of a failure.
      metricName: 'harmless',
      dimensionsMap: { service: stage },
      statistic: 'Sum',
      period,
    });
    return new MathExpression({
      expression: 'errors - FILL(harmless, 0)',
      usingMetrics: { errors, harmless },
      period,
    });
  }

  /** Lets the function do these actions to these resources. */
  allow(actions: string[], resources: string[], conditions?: Record<string, object>): void {
    this.role.addToPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions,
        resources,
        ...(conditions === undefined ? {} : { conditions }),
      }),
    );
  }
}
