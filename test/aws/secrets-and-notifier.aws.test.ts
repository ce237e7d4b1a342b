import { randomUUID } from 'node:crypto';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { SecretsManagerSecrets } from '../../lambdas/adapters/secrets-manager-secrets.ts';
import { SnsNotifier } from '../../lambdas/adapters/sns-notifier.ts';
import type { Notification } from '../../lambdas/ports/notifier.ts';
import { describeNotifierContract } from '../ports/notifier.contract.ts';
import { describeSecretsContract } from '../ports/secrets.contract.ts';
import { motoOptions } from './moto-clients.ts';
import { MotoQueue } from './moto-queue.ts';

describeSecretsContract('SecretsManagerSecrets', async () => {
  const client = new SecretsManagerClient(motoOptions());
  const names = new Set<string>();
  return {
    secrets: new SecretsManagerSecrets(client),
    put: async (name, value) => {
      names.add(name);
      try {
        await client.send(new CreateSecretCommand({ Name: name, SecretString: value }));
      } catch (error) {
        if (!(error instanceof ResourceExistsException)) throw error;
        await client.send(new PutSecretValueCommand({ SecretId: name, SecretString: value }));
      }
    },
    dispose: async () => {
      for (const SecretId of names) {
        await client.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
      }
      client.destroy();
    },
  };
});

interface Delivered {
  readonly Message: string;
  readonly MessageAttributes?: Readonly<Record<string, { Value: string }>>;
}

/** What a subscriber of the topic gets, as a notification again. */
function notificationOf({ Message, MessageAttributes: attributes }: Delivered): Notification {
  const end = Message.indexOf('\n\n');
  return {
    severity: attributes?.severity?.Value as Notification['severity'],
    title: Message.slice(0, end),
    body: Message.slice(end + 2),
    ...(attributes?.recipient === undefined ? {} : { recipient: attributes.recipient.Value }),
    ...(attributes?.run_id === undefined ? {} : { runId: attributes.run_id.Value }),
  };
}

describeNotifierContract('SnsNotifier', async () => {
  const client = new SNSClient(motoOptions());
  const queue = await MotoQueue.create();
  const { TopicArn = '' } = await client.send(new CreateTopicCommand({ Name: `topic-${randomUUID()}` }));
  await client.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queue.arn }));
  return {
    notifier: new SnsNotifier(client, TopicArn),
    received: async () => (await queue.take()).map((body) => notificationOf(JSON.parse(body) as Delivered)),
    dispose: async () => client.destroy(),
  };
});
