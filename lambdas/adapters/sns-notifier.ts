import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Notification, Notifier } from '../ports/notifier.ts';
import { called } from './aws/service-error.ts';

const subjectCharacters = 100;
/** SNS takes 256 KiB with everything around it. */
const bodyBytes = 200_000;

/** Notifications as messages of one topic; severity, recipient and run are attributes that subscriptions filter by. */
export class SnsNotifier implements Notifier {
  readonly #client: SNSClient;
  readonly #topicArn: string;

  constructor(client: SNSClient, topicArn: string) {
    this.#client = client;
    this.#topicArn = topicArn;
  }

  async notify(notification: Notification): Promise<void> {
    const { severity, title, body, recipient, runId } = notification;
    const attributes = { severity, recipient, run_id: runId };
    const given = Object.entries(attributes).filter(([, value]) => value !== undefined && value !== '');
    await called(`notifying of '${title}'`, () =>
      this.#client.send(
        new PublishCommand({
          TopicArn: this.#topicArn,
          Subject: subjectOf(severity, title),
          Message: `${title}\n\n${shortened(body)}`,
          MessageAttributes: Object.fromEntries(
            given.map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
          ),
        }),
      ),
    );
  }
}

/** SNS wants printable ASCII. */
function subjectOf(severity: string, title: string): string {
  return `Headwater ${severity}: ${title}`.replaceAll(/[^\x20-\x7e]+/g, ' ').slice(0, subjectCharacters);
}

function shortened(body: string): string {
  const bytes = Buffer.from(body);
  if (bytes.length <= bodyBytes) return body;
  return `${bytes.subarray(0, bodyBytes).toString('utf8')}\n… (${bytes.length - bodyBytes} bytes more in the run's record)`;
}
