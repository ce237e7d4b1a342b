import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  type IBucket,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { dataRemovalPolicy } from './data-protection.ts';

export interface ProtectedBucketProps {
  readonly name: string;
  readonly key: IKey;
  /** Where its access logs go, under its own id. */
  readonly accessLogs: Bucket;
  readonly dataDeletable: boolean;
  readonly oldVersionDays: number;
  readonly lifecycle?: readonly LifecycleRule[];
  /** True to tell EventBridge of every new object. */
  readonly events?: boolean;
}

/** A bucket that cannot be public, unencrypted, unversioned or reached without TLS; its data needs two keys to be deleted. */
export class ProtectedBucket extends Bucket {
  constructor(scope: Construct, id: string, props: ProtectedBucketProps) {
    super(scope, id, {
      bucketName: props.name,
      encryption: BucketEncryption.KMS,
      encryptionKey: props.key,
      // One request to KMS per bucket and hour instead of one per object.
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      // The library's own classes miss its interfaces under exactOptionalPropertyTypes.
      serverAccessLogsBucket: props.accessLogs as IBucket,
      serverAccessLogsPrefix: `${id}/`,
      removalPolicy: dataRemovalPolicy(scope, props.dataDeletable),
      lifecycleRules: [
        {
          id: 'old-versions-and-broken-uploads',
          noncurrentVersionExpiration: Duration.days(props.oldVersionDays),
          expiredObjectDeleteMarker: true,
        },
        { id: 'broken-uploads', abortIncompleteMultipartUploadAfter: Duration.days(2) },
        ...(props.lifecycle ?? []),
      ],
    });
    if (props.events === true && this.node.defaultChild instanceof CfnBucket) {
      // The bucket's own property: the construct's option would bring a function with wide rights for it.
      this.node.defaultChild.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    }
  }
}
