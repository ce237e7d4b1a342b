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
  return proxied(port, method, failure, { calls: 0 });
}

/** The same for the batches that a reader of drops begins; the calls of all batches count together. */
export function failingBatches(reader: DropReader, method: 'inspect' | 'load', failure: Failure): DropReader {
  const counter = { calls: 0 };
  return { begin: async () => proxied(await reader.begin(), method, failure, counter) };
}

/** True for keys that begin so. */
export function keyBelow(prefix: string): (argument: unknown) => boolean {
  return (argument) => typeof argument === 'string' && argument.startsWith(prefix);
}

function proxied<P extends object>(port: P, method: keyof P, failure: Failure, counter: { calls: number }): P {
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...parameters: unknown[]) => {
        const call = () => Reflect.apply(value, target, parameters) as unknown;
        if (name !== method || failure.about?.(parameters[0]) === false) return call();
        counter.calls += 1;
        return counter.calls === (failure.call ?? counter.calls) ? fail(call, failure) : call();
      };
    },
  });
}

async function fail(call: () => unknown, { error, afterwards = false }: Failure): Promise<never> {
  if (afterwards) await call();
  throw error;
}
