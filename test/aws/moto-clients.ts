import { inject } from 'vitest';

/** Options of every SDK client in these tests. The credentials mean nothing to moto. */
export function motoOptions() {
  return {
    endpoint: inject('motoUrl'),
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 3,
  };
}
