import { Duration } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';

import type { Construct } from 'constructs';
import { dataRemovalPolicy } from './data-protection.ts';

export interface AccessLogBucketProps {
  readonly dataDeletable: boolean;
  readonly days: number;
  /** True where the logs come from CloudFront, which still writes them with an ACL. */
  readonly deliversByAcl?: boolean;
}

/** Who read or wrote what in the other buckets. S3 delivers access logs only to buckets with its own encryption, not KMS. */
export class AccessLogBucket extends Bucket {
  constructor(scope: Construct, id: string, props: AccessLogBucketProps) {
    super(scope, id, {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership:
        props.deliversByAcl === true ? ObjectOwnership.BUCKET_OWNER_PREFERRED : ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy: dataRemovalPolicy(scope, props.dataDeletable),
      lifecycleRules: [
        {
          id: 'expire',
          expiration: Duration.days(props.days),
          noncurrentVersionExpiration: Duration.days(props.days),
        },
        { id: 'broken-uploads', abortIncompleteMultipartUploadAfter: Duration.days(2) },
      ],
    });
  }
}
