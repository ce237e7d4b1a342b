import { Duration } from 'aws-cdk-lib';
import { Schedule, ScheduleExpression, ScheduleTargetInput, TimeWindow } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IStateMachine, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { EnvironmentConfig } from '../config.ts';

export interface RunSchedulesProps {
  readonly schedules: EnvironmentConfig['schedules'];
  readonly machine: StateMachine;
}

/** Runs that start by themselves. One that finds another run at work ends well: that run reads the same changes. */
export class RunSchedules extends Construct {
  constructor(scope: Construct, id: string, { schedules, machine }: RunSchedulesProps) {
    super(scope, id);
    for (const [name, expression] of Object.entries(schedules)) {
      const input = { asOf: null, rebuild: false, reconcile: name === 'reconciliation', resume: null };
      new Schedule(this, name, {
        description: `Headwater: ${name}`,
        schedule: ScheduleExpression.expression(expression),
        timeWindow: TimeWindow.flexible(Duration.minutes(5)),
        target: new StepFunctionsStartExecution(machine as IStateMachine, {
          input: ScheduleTargetInput.fromObject(input),
          retryAttempts: 3,
          maxEventAge: Duration.hours(1),
        }),
      });
    }
  }
}
