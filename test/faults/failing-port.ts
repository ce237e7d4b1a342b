import type { DropReader } from '../../lambdas/ports/drop-reader.ts';

export interface Failure {
  readonly error: Error;
  /** Which of the calls that match fails, 1 being the first; without a number every one of them does. */
  readonly call?: number;
  /** The call did its work, and only its answer got lost. */
  readonly afterwards?: boolean;
  /** Only calls with such a first argument count. */
  readonly about?: (argument: unknown) => boolean;
}

/** A port with one method that fails; everything else goes through. */
export function failing<P extends object>(port: P, method: keyof P, failure: Failure): P {
  let calls = 0;
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...parameters: unknown[]) => {
        const call = () => Reflect.apply(value, target, parameters) as unknown;
        if (name !== method || failure.about?.(parameters[0]) === false) return call();
        calls += 1;
        return calls === (failure.call ?? calls) ? fail(call, failure) : call();
      };
    },
  });
}

async function fail(call: () => unknown, { error, afterwards = false }: Failure): Promise<never> {
  if (afterwards) await call();
  throw error;
}

/** The same for the batches that a reader of drops begins; the calls of all batches count together. */
export function failingBatches(reader: DropReader, method: 'inspect' | 'load', failure: Failure): DropReader {
  let calls = 0;
  return {
    begin: async () => {
      const batch = await reader.begin();
      const counted = { ...failure, about: () => (calls += 1) === (failure.call ?? calls), call: 1 };
      return failing(batch, method, counted);
    },
  };
}

/** A first argument that is a key below this prefix, or an object with such a key. */
export function keyBelow(prefix: string): (argument: unknown) => boolean {
  return (argument) => typeof argument === 'string' && argument.startsWith(prefix);
}
