import { Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type Bucket, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { ResourceNames } from '../../lambdas/domain/resource-names.ts';
import type { EnvironmentConfig } from '../config.ts';
import { AccessLogBucket } from '../constructs/access-log-bucket.ts';
import { dataRemovalPolicy, mayDeleteData } from '../constructs/data-protection.ts';
import { EncryptionKey } from '../constructs/encryption-key.ts';
import { LedgerTable } from '../constructs/ledger-table.ts';
import { ProtectedBucket } from '../constructs/protected-bucket.ts';

export interface LakeStackProps extends StackProps {
  readonly config: EnvironmentConfig;
  readonly names: ResourceNames;
}

/** What must survive everything else: the data, the ledger, the secret and their keys. Nothing in it is replaced by a deployment. */
export class LakeStack extends Stack {
  readonly dataKey: IKey;
  readonly secretKey: IKey;
  readonly rawBucket: Bucket;
  readonly lakeBucket: Bucket;
  readonly resultsBucket: Bucket;
  readonly ledger: LedgerTable;
  readonly orgSecret: Secret;

  constructor(scope: Construct, id: string, { config, names, ...props }: LakeStackProps) {
    super(scope, id, { ...props, terminationProtection: !mayDeleteData(scope, config.dataDeletable) });
    const { dataDeletable, retention } = config;
    const keyProps = { dataDeletable, deletionDays: retention.keyDeletionDays };
    this.dataKey = new EncryptionKey(this, 'DataKey', { ...keyProps, description: 'Headwater: buckets and ledger' });
    this.secretKey = new EncryptionKey(this, 'SecretKey', { ...keyProps, description: 'Headwater: logins of sources' });
    const accessLogs = new AccessLogBucket(this, 'AccessLogs', { dataDeletable, days: retention.accessLogDays });
    const bucketProps = { key: this.dataKey, accessLogs, dataDeletable, oldVersionDays: retention.oldVersionDays };
    this.rawBucket = new ProtectedBucket(this, 'Raw', {
      ...bucketProps,
      name: names.rawBucket,
      events: true,
      lifecycle: [
        {
          id: 'archive-to-cold',
          prefix: 'archive/',
          transitions: [
            {
              storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL,
              transitionAfter: Duration.days(retention.archiveToColdDays),
            },
          ],
        },
      ],
    });
    this.lakeBucket = new ProtectedBucket(this, 'Lake', { ...bucketProps, name: names.lakeBucket });
    this.resultsBucket = new ProtectedBucket(this, 'QueryResults', {
      ...bucketProps,
      name: names.resultsBucket,
      lifecycle: [{ id: 'expire', expiration: Duration.days(retention.queryResultDays) }],
    });
    this.ledger = new LedgerTable(this, 'Ledger', { name: names.ledgerTable, key: this.dataKey, dataDeletable });
    const secret = new Secret(this, 'OrgSecret', {
      secretName: names.orgSecret,
      description: 'Login of the Salesforce org; filled in by hand, see docs/deployment.md',
      encryptionKey: this.secretKey,
      removalPolicy: dataRemovalPolicy(this, dataDeletable),
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Salesforce issues this login: it is renewed there and then put here, as docs/deployment.md says.',
    });
    this.orgSecret = secret;
  }
}
