import { Duration } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { dataRemovalPolicy } from './data-protection.ts';

export interface EncryptionKeyProps {
  /** What it encrypts, for whoever meets it in the console. */
  readonly description: string;
  readonly dataDeletable: boolean;
  readonly deletionDays: number;
}

/** A KMS key that rotates every year. Data encrypted with a lost key is lost: it is protected as the data is. */
export class EncryptionKey extends Key {
  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id, {
      description: props.description,
      enableKeyRotation: true,
      pendingWindow: Duration.days(props.deletionDays),
      removalPolicy: dataRemovalPolicy(scope, props.dataDeletable),
    });
  }
}
