import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { environmentNames } from '../../lambdas/domain/resource-names.ts';
import { addEnvironment } from '../../lib/application.ts';
import { deletionSwitch } from '../../lib/constructs/data-protection.ts';
import { resources, templates, testApp } from './synthesise.ts';

describe.each(environmentNames)('the lake of %s', (environment) => {
  const { lake } = templates(environment);
  const buckets = resources(lake, 'AWS::S3::Bucket');
  const dataBuckets = buckets.filter(({ id }) => !id.startsWith('AccessLogs'));

  test('has three buckets for data and one for access logs', () => {
    expect(buckets).toHaveLength(4);
    expect(dataBuckets).toHaveLength(3);
  });

  test('keeps every bucket closed to the public, versioned and owned', () => {
    for (const { Properties } of buckets) {
      expect(Properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: 'Enabled' },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      });
    }
  });

  test('encrypts data with its own key and logs every access', () => {
    for (const { id, Properties } of dataBuckets) {
      expect(JSON.stringify(Properties.BucketEncryption), id).toContain('"SSEAlgorithm":"aws:kms"');
      expect(JSON.stringify(Properties.BucketEncryption), id).toMatch(/"Fn::GetAtt":\["DataKey/);
      expect(JSON.stringify(Properties.LoggingConfiguration), id).toContain('AccessLogs');
    }
  });

  test('refuses requests without TLS on every bucket', () => {
    const policies = resources(lake, 'AWS::S3::BucketPolicy');
    expect(policies).toHaveLength(buckets.length);
    for (const { Properties } of policies) {
      const text = JSON.stringify(Properties.PolicyDocument);
      expect(text).toContain('{"Bool":{"aws:SecureTransport":"false"}}');
      expect(text).toContain('{"NumericLessThan":{"s3:TlsVersion":1.2}}');
    }
  });

  test('lets old versions and broken uploads go', () => {
    for (const { id, Properties } of buckets) {
      const text = JSON.stringify(Properties.LifecycleConfiguration);
      expect(text, id).toContain('NoncurrentVersionExpiration');
      expect(text, id).toContain('AbortIncompleteMultipartUpload');
    }
  });

  test('tells EventBridge of dropped files only', () => {
    const telling = buckets.filter(({ Properties }) => Properties.NotificationConfiguration !== undefined);
    expect(telling.map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual(['Raw']);
    lake?.resourceCountIs('AWS::Lambda::Function', 0);
  });

  test('rotates every key', () => {
    const keys = resources(lake, 'AWS::KMS::Key');
    expect(keys).toHaveLength(2);
    for (const { Properties } of keys) expect(Properties.EnableKeyRotation).toBe(true);
  });

  test('restores the ledger to any second and guards its deletion', () => {
    lake?.hasResourceProperties('AWS::DynamoDB::Table', {
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: Match.anyValue() },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      BillingMode: 'PAY_PER_REQUEST',
    });
  });

  test('keeps the login in a secret with a key of its own', () => {
    const [secret, ...others] = resources(lake, 'AWS::SecretsManager::Secret');
    expect(others).toEqual([]);
    expect(JSON.stringify(secret?.Properties.KmsKeyId)).toMatch(/SecretKey/);
    expect(secret?.Properties).not.toHaveProperty('SecretString');
  });

  test('retains what holds data when its stack goes', () => {
    for (const type of holdingData) {
      for (const resource of resources(lake, type)) expect(resource.DeletionPolicy, resource.id).toBe('Retain');
    }
  });
});

const holdingData = ['AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::DynamoDB::Table', 'AWS::SecretsManager::Secret'];

describe('deleting data takes two keys', () => {
  const open = { [deletionSwitch]: 'true' };
  const policies = (environment: 'dev' | 'prod', context: Record<string, unknown>) => {
    const { lake } = templates(environment, context);
    return new Set(holdingData.flatMap((type) => resources(lake, type).map(({ DeletionPolicy }) => DeletionPolicy)));
  };

  test('neither the switch nor the environment alone deletes', () => {
    expect(policies('prod', open)).toEqual(new Set(['Retain']));
    expect(policies('dev', {})).toEqual(new Set(['Retain']));
    expect(policies('dev', { [deletionSwitch]: 'yes' })).toEqual(new Set(['Retain']));
  });

  test('both together do', () => {
    expect(policies('dev', open)).toEqual(new Set(['Delete']));
    expect(addEnvironment(testApp(open), 'dev').lake.terminationProtection).toBe(false);
  });

  test('the stack itself is protected otherwise', () => {
    expect(addEnvironment(testApp(), 'dev').lake.terminationProtection).toBe(true);
    expect(addEnvironment(testApp(open), 'prod').lake.terminationProtection).toBe(true);
  });
});
