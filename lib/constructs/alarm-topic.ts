import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

export interface AlarmTopicProps {
  readonly name: string;
  readonly key: Key;
  /** They hear of everything. */
  readonly subscribers: readonly string[];
  /** Owner of datasets -> address that hears of what concerns them. */
  readonly owners: Readonly<Record<string, string>>;
}

/** Where alarms and the notifications of runs go; encrypted, over TLS only. Each subscriber confirms once by e-mail. */
export class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id, { topicName: props.name, masterKey: props.key as IKey, enforceSSL: true });
    const stack = Stack.of(this);
    const publishers = [
      {
        service: 'cloudwatch.amazonaws.com',
        source: stack.formatArn({
          service: 'cloudwatch',
          resource: 'alarm',
          resourceName: '*',
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      },
      { service: 'budgets.amazonaws.com', source: `arn:${stack.partition}:budgets::${stack.account}:*` },
    ];
    for (const { service, source } of publishers) {
      const conditions = {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: { 'aws:SourceArn': source },
      };
      const principals = [new ServicePrincipal(service)];
      this.addToResourcePolicy(
        new PolicyStatement({
          effect: Effect.ALLOW,
          principals,
          actions: ['sns:Publish'],
          resources: [this.topicArn],
          conditions,
        }),
      );
      props.key.addToResourcePolicy(
        new PolicyStatement({
          effect: Effect.ALLOW,
          principals,
          actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          resources: ['*'],
          conditions,
        }),
      );
    }
    for (const address of props.subscribers) this.addSubscription(new EmailSubscription(address));
    for (const [address, owners] of Map.groupBy(Object.keys(props.owners), (owner) => props.owners[owner] ?? '')) {
      // SNS takes one subscription of an address.
      if (props.subscribers.includes(address)) continue;
      const recipient = SubscriptionFilter.stringFilter({ allowlist: owners });
      this.addSubscription(new EmailSubscription(address, { filterPolicy: { recipient } }));
    }
  }
}
