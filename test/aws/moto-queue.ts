import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';

/** A queue of moto's, asked without a client of its own: the product has no use for queues' contents. */
export class MotoQueue {
  readonly url: string;
  readonly arn: string;

  private constructor(url: string) {
    this.url = url;
    this.arn = `arn:aws:sqs:us-east-1:123456789012:${url.slice(url.lastIndexOf('/') + 1)}`;
  }

  static async create(): Promise<MotoQueue> {
    const { QueueUrl } = (await call('CreateQueue', { QueueName: `queue-${randomUUID()}` })) as { QueueUrl: string };
    return new MotoQueue(QueueUrl);
  }

  /** The bodies of all messages that wait, which are gone after it. */
  async take(): Promise<string[]> {
    const bodies: string[] = [];
    for (;;) {
      const { Messages: messages = [] } = (await call('ReceiveMessage', {
        QueueUrl: this.url,
        MaxNumberOfMessages: 10,
      })) as { Messages?: { Body: string }[] };
      if (messages.length === 0) return bodies;
      bodies.push(...messages.map(({ Body }) => Body));
    }
  }
}

async function call(action: string, input: object): Promise<unknown> {
  const response = await fetch(inject('motoUrl'), {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${action}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20250630/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new Error(`${action}: ${response.status} ${await response.text()}`);
  return await response.json();
}
