import { fileURLToPath } from 'node:url';
import { ArnFormat, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { ResourceNames } from '../../lambdas/domain/resource-names.ts';
import type { EnvironmentConfig } from '../config.ts';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import { FileEvents } from '../constructs/file-events.ts';
import { type GrantTargets, grantStage } from '../constructs/grant-stage.ts';
import { PipelineFunction } from '../constructs/pipeline-function.ts';
import { RunMachine } from '../constructs/run-machine.ts';
import { RunSchedules } from '../constructs/run-schedules.ts';
import { ServiceKey } from '../constructs/service-key.ts';
import { functionImpacts } from '../function-impacts.ts';
import { type FunctionName, type StageRights, stageRights, usesEngine } from '../stage-rights.ts';
import type { LakeStack } from './lake.ts';

export interface PipelineStackProps extends StackProps {
  readonly config: EnvironmentConfig;
  readonly names: ResourceNames;
  readonly lake: LakeStack;
}

const definition = fileURLToPath(new URL('../../lambdas/pipeline/headwater.asl.json', import.meta.url));

/** Minutes: as long as the state machine waits for a stage; intake only registers and starts. */
const stageMinutes = 15;
const intakeMinutes = 2;

/** What works: a function for each stage, the state machine that calls them, and what starts it. Holds no data. */
export class PipelineStack extends Stack {
  readonly topic: AlarmTopic;
  readonly machine: RunMachine;
  readonly events: FileEvents;
  readonly functions: ReadonlyMap<FunctionName, PipelineFunction>;

  constructor(scope: Construct, id: string, { config, names, lake, ...props }: PipelineStackProps) {
    super(scope, id, props);
    const key = new ServiceKey(this, 'ServiceKey', {
      description: 'Headwater: logs, queues and notifications',
      dataDeletable: config.dataDeletable,
      deletionDays: config.retention.keyDeletionDays,
    });
    this.topic = new AlarmTopic(this, 'Alarms', {
      name: names.topic,
      key,
      subscribers: config.alarms.subscribers,
      owners: config.alarms.owners,
    });
    const stateMachineArn = this.formatArn({
      service: 'states',
      resource: 'stateMachine',
      resourceName: names.stateMachine,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const targets: GrantTargets = {
      names,
      lake,
      topic: { arn: this.topic.topicArn, keyArn: key.keyArn },
      stateMachineArn,
    };
    const environment = functionEnvironment(config, names, { topic: this.topic.topicArn, stateMachineArn });
    this.functions = new Map(
      (Object.keys(stageRights) as FunctionName[]).map((stage) => {
        const made = new PipelineFunction(this, stage, {
          ...functionImpacts[stage],
          stage,
          name: `${names.functionPrefix}-${stage}`,
          usesEngine: usesEngine(stage),
          memoryMegabytes: stage === 'intake' ? 1_024 : config.functions.engineMemoryMegabytes,
          scratchMegabytes: stage === 'intake' ? 512 : config.functions.scratchMegabytes,
          timeout: Duration.minutes(stage === 'intake' ? intakeMinutes : stageMinutes),
          logDays: config.functions.logDays,
          logKey: key,
          topic: this.topic,
          environment,
        });
        grantStage(made, stageRights[stage] satisfies StageRights, targets);
        return [stage, made];
      }),
    );
    this.machine = new RunMachine(this, 'Run', {
      name: names.stateMachine,
      definition,
      functions: this.functions,
      logKey: key,
      logDays: config.functions.logDays,
    });
    new RunSchedules(this, 'Schedules', { schedules: config.schedules, machine: this.machine.stateMachine });
    this.events = new FileEvents(this, 'FileEvents', {
      bucketName: names.rawBucket,
      key,
      intake: functionOf(this.functions, 'intake'),
      intakeTimeout: Duration.minutes(intakeMinutes),
    });
  }
}

function functionOf(functions: ReadonlyMap<FunctionName, PipelineFunction>, name: FunctionName): IFunction {
  const found = functions.get(name);
  if (found === undefined) throw new Error(`There is no function '${name}'.`);
  return found.function as IFunction;
}

/** What lambdas/wiring/config.ts reads. */
function functionEnvironment(
  config: EnvironmentConfig,
  names: ResourceNames,
  arns: { topic: string; stateMachineArn: string },
): Record<string, string> {
  return {
    HEADWATER_RAW_BUCKET: names.rawBucket,
    HEADWATER_LAKE_BUCKET: names.lakeBucket,
    HEADWATER_LEDGER_TABLE: names.ledgerTable,
    HEADWATER_TOPIC_ARN: arns.topic,
    HEADWATER_WORKGROUP: names.workgroup,
    HEADWATER_DATABASE_PREFIX: names.databasePrefix,
    HEADWATER_ENGINE: config.functions.engine,
    HEADWATER_SCRATCH_MB: String(config.functions.scratchMegabytes),
    ...(config.salesforce ? { HEADWATER_ORG_SECRET: names.orgSecret } : {}),
    HEADWATER_STATE_MACHINE_ARN: arns.stateMachineArn,
    // DuckDB's share of the function's memory; the rest is Node's.
    HEADWATER_MEMORY_MB: String(Math.floor(config.functions.engineMemoryMegabytes * 0.7)),
    // A function gets one processor for each 1,769 MB.
    HEADWATER_THREADS: String(Math.max(1, Math.floor(config.functions.engineMemoryMegabytes / 1_769))),
    POWERTOOLS_METRICS_NAMESPACE: names.metricsNamespace,
  };
}
