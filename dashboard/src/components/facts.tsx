import type { ReactNode } from 'react';
import { Definition } from './definition.tsx';

export interface Fact {
  readonly term: string;
  readonly definition?: string;
  readonly value: ReactNode;
}

/** Terms with their values, in as many columns as there is room for. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-1 gap-x-6 gap-y-3 min-[26rem]:grid-cols-2 md:grid-cols-3 xl:grid-cols-5">
      {facts.map(({ term, definition, value }) => (
        <div key={term} className="min-w-0">
          <dt className="text-xs text-muted">
            {definition === undefined ? term : <Definition text={definition}>{term}</Definition>}
          </dt>
          <dd className="mt-0.5 break-words tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
