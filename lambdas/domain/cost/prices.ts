export interface Price {
  readonly service: string;
  /** What is counted. */
  readonly unit: string;
  /** US dollars for one unit. */
  readonly usd: number;
  /** Where AWS publishes it. */
  readonly source: string;
}

/** Month in which the prices below held. */
export const pricesOf = '2026-11';

/** Prices of AWS in us-east-1 without free tiers, as published on the pages named; all that any estimate uses. */
export const prices = {
  lambda: price('Lambda', 'GB-second on arm64', 0.0000133334, 'lambda/pricing'),
  transition: price('Step Functions', 'state transition', 0.025 / 1_000, 'step-functions/pricing'),
  put: price('S3', 'PUT or LIST request', 0.005 / 1_000, 's3/pricing'),
  get: price('S3', 'GET request', 0.0004 / 1_000, 's3/pricing'),
  storage: price('S3', 'GB-month, Standard', 0.023, 's3/pricing'),
  ledgerWrite: price('DynamoDB', 'write on demand', 0.625 / 1_000_000, 'dynamodb/pricing/on-demand'),
  ledgerRead: price('DynamoDB', 'read on demand', 0.125 / 1_000_000, 'dynamodb/pricing/on-demand'),
  scan: price('Athena', 'TB scanned', 5, 'athena/pricing'),
  key: price('KMS', 'key and month', 1, 'kms/pricing'),
  secret: price('Secrets Manager', 'secret and month', 0.4, 'secrets-manager/pricing'),
  alarm: price('CloudWatch', 'alarm and month', 0.1, 'cloudwatch/pricing'),
  dashboard: price('CloudWatch', 'dashboard and month', 3, 'cloudwatch/pricing'),
  logs: price('CloudWatch', 'GB of logs', 0.5, 'cloudwatch/pricing'),
  apiRequest: price('API Gateway', 'request to an HTTP API', 1 / 1_000_000, 'api-gateway/pricing'),
} as const satisfies Readonly<Record<string, Price>>;

export type PriceName = keyof typeof prices;

function price(service: string, unit: string, usd: number, page: string): Price {
  return { service, unit, usd, source: `https://aws.amazon.com/${page}/` };
}
