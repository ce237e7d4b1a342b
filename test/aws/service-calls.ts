import { AsyncLocalStorage } from 'node:async_hooks';
import { AthenaClient } from '@aws-sdk/client-athena';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import type { Call, NeededRight } from './needed-rights.ts';
import { neededRights } from './needed-rights.ts';

const clients = {
  s3: S3Client,
  dynamodb: DynamoDBClient,
  glue: GlueClient,
  athena: AthenaClient,
  secretsmanager: SecretsManagerClient,
  sns: SNSClient,
  states: SFNClient,
} as const satisfies Record<Call['service'], unknown>;

interface Sent {
  readonly constructor: { readonly name: string };
  readonly input: Call['input'];
}
type Send = (this: unknown, command: Sent, ...rest: unknown[]) => unknown;

const working = new AsyncLocalStorage<string>();

/** Runs the work of a function; what it calls meanwhile counts as called by it. */
export function asFunction<T>(name: string, work: () => Promise<T>): Promise<T> {
  return working.run(name, work);
}

/** Function -> the rights that its calls of AWS needed, each once. Filled as long as it is not stopped. */
export interface RecordedRights {
  readonly needed: ReadonlyMap<string, ReadonlyMap<string, NeededRight>>;
  stop(): void;
}

/** Listens to every client of AWS in this process. */
export function recordRights(): RecordedRights {
  const needed = new Map<string, Map<string, NeededRight>>();
  const stops = (Object.keys(clients) as Call['service'][]).map((service) => {
    const prototype = clients[service].prototype as unknown as { send: Send };
    const send = prototype.send;
    prototype.send = function (command, ...rest) {
      const name = working.getStore();
      if (name !== undefined) {
        const call = { service, command: command.constructor.name.replace(/Command$/, ''), input: command.input };
        const rights = needed.get(name) ?? new Map<string, NeededRight>();
        for (const right of neededRights(call)) rights.set(JSON.stringify(right), right);
        needed.set(name, rights);
      }
      return send.call(this, command, ...rest);
    };
    return () => {
      prototype.send = send;
    };
  });
  return {
    needed,
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}
