/**
 * Prices of AWS, us-east-1, as published in November 2026 (aws.amazon.com/<service>/pricing), in US dollars.
 */
const prices = {
  lambdaArmGigabyteSecond: 0.0000133334,
  stateTransition: 0.025 / 1_000,
  s3Put: 0.005 / 1_000,
  s3Get: 0.0004 / 1_000,
  athenaByte: 5 / 1e12,
  dynamoWrite: 0.625 / 1_000_000,
  dynamoRead: 0.125 / 1_000_000,
};

/** Memory of the function that runs the engine, in GB. */
const lambdaGigabytes = 4;

export interface Work {
  /** Seconds that steps worked, summed. */
  readonly stepSeconds: number;
  readonly tasks: number;
  readonly objectsWritten: number;
  readonly objectsRead: number;
  readonly files: number;
  /** By Athena. The 10 MB that it bills at least for a statement, 0.005 cents, are left out. */
  readonly bytesScanned: number;
}

/** What a run would cost on AWS, in US dollars: an estimate from the work done, without storage and free tiers. */
export function estimateCost(work: Work): number {
  const transitions = 12 + 4 * work.tasks;
  return (
    work.stepSeconds * lambdaGigabytes * prices.lambdaArmGigabyteSecond +
    transitions * prices.stateTransition +
    work.bytesScanned * prices.athenaByte +
    work.objectsWritten * prices.s3Put +
    work.objectsRead * prices.s3Get +
    work.files * (3 * prices.dynamoWrite + 3 * prices.dynamoRead)
  );
}
