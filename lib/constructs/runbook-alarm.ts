import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface Consequence {
  /** What stops working for whom, one sentence: whoever is woken reads it first. */
  readonly impact: string;
  /** A heading of docs/runbook.md. A test demands that it is there. */
  readonly runbook: string;
}

export interface RunbookAlarmProps extends Consequence {
  readonly metric: IMetric;
  /** Alarm when the metric is above. */
  readonly above: number;
  readonly topic: ITopic;
  /** True when silence is the fault, as with freshness. */
  readonly silenceIsFault?: boolean;
  /** Periods of the metric that have to be bad; 1 unless told. */
  readonly periods?: number;
}

/** An alarm that says what its failure means and where the way out is written. There is none without. */
export class RunbookAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: RunbookAlarmProps) {
    super(scope, id, {
      alarmDescription: `${props.impact} Runbook: docs/runbook.md#${anchorOf(props.runbook)}`,
      metric: props.metric,
      threshold: props.above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: props.periods ?? 1,
      treatMissingData: props.silenceIsFault === true ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    this.addAlarmAction(new SnsAction(props.topic));
    this.addOkAction(new SnsAction(props.topic));
  }
}

/** The anchor that a Markdown heading gets: `Files wait` -> `files-wait`. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}
