import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface FileEventsProps {
  readonly bucketName: string;
  readonly key: IKey;
  readonly intake: IFunction;
  readonly intakeTimeout: Duration;
}

/** Events of dropped files, collected for a minute and handed to intake; what it cannot take is kept for two weeks. */
export class FileEvents extends Construct {
  readonly waiting: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: FileEventsProps) {
    super(scope, id);
    const common = { encryption: QueueEncryption.KMS, encryptionMasterKey: props.key, enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', { ...common, retentionPeriod: Duration.days(14) });
    this.waiting = new Queue(this, 'Waiting', {
      ...common,
      // AWS advises six times what the function may take.
      visibilityTimeout: Duration.minutes(6 * props.intakeTimeout.toMinutes()),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters as IQueue, maxReceiveCount: 5 },
    });
    new Rule(this, 'Dropped', {
      description: 'A file was dropped into landing/',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [props.bucketName] }, object: { key: [{ prefix: 'landing/' }] } },
      },
      targets: [
        new SqsQueue(this.waiting as IQueue, { retryAttempts: 185, deadLetterQueue: this.deadLetters as IQueue }),
      ],
    });
    props.intake.addEventSource(
      new SqsEventSource(this.waiting as IQueue, {
        batchSize: 500,
        maxBatchingWindow: Duration.seconds(60),
        maxConcurrency: 2,
        reportBatchItemFailures: true,
      }),
    );
  }
}
