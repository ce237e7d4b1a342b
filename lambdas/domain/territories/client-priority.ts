import { factsOf } from './client-attributes.ts';
import type { ClientVersion } from './client-version.ts';
import { compileCondition } from './compile-condition.ts';
import type { TerritoriesConfig } from './territories-config.ts';

export type ClientPriority = 'A' | 'B' | 'C';

/** A row of `gold.client_dim`. */
export interface Client extends ClientVersion {
  readonly client_priority: ClientPriority;
}

/** `gold.client_dim`: the history (rows of ClientVersion) with client_priority: A or B where its condition holds, else C. */
export function withPriority(
  versions: readonly ClientVersion[],
  config: Pick<TerritoriesConfig, 'client_priorities'>,
): Client[] {
  const never = () => false;
  const { A, B } = config.client_priorities;
  const isA = A === undefined ? never : compileCondition(A);
  const isB = B === undefined ? never : compileCondition(B);
  return versions.map((version) => {
    const facts = factsOf(version);
    return { ...version, client_priority: isA(facts) ? 'A' : isB(facts) ? 'B' : 'C' };
  });
}
