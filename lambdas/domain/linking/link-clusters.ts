/** A pair of accounts, by place, that may be merged; more confident ones come first. */
export interface Edge {
  readonly a: number;
  readonly b: number;
  /** Hundredths of a percent. */
  readonly confidence: number;
}

/** Accounts under one master. */
export interface Cluster {
  /** Places, ascending; at least two. */
  readonly members: readonly number[];
  /** The links that hold it together, without any that closes a ring: the most confident ones. */
  readonly tree: readonly Edge[];
}

export interface Clusters {
  readonly clusters: readonly Cluster[];
  /** Edges that would have joined accounts that may never be linked, each with such a pair. */
  readonly refused: ReadonlyMap<Edge, readonly [number, number]>;
}

/**
 * Joins accounts by edges in the order given, the strongest first; an edge that would bring a pair of `never` into one cluster, directly or
 * through others, is refused. The result depends on the order of the edges only.
 */
export function linkClusters(edges: readonly Edge[], never: readonly (readonly [number, number])[]): Clusters {
  const forest = new Forest(never);
  const refused = new Map<Edge, readonly [number, number]>();
  const tree: Edge[] = [];
  for (const edge of edges) {
    const barrier = forest.barrier(edge.a, edge.b);
    if (barrier !== null) refused.set(edge, barrier);
    else if (forest.join(edge.a, edge.b)) tree.push(edge);
  }
  const trees = new Map<number, { members: Set<number>; tree: Edge[] }>();
  for (const edge of tree) {
    const root = forest.root(edge.a);
    const cluster = trees.get(root) ?? { members: new Set<number>(), tree: [] };
    trees.set(root, cluster);
    cluster.members.add(edge.a).add(edge.b);
    cluster.tree.push(edge);
  }
  const clusters = [...trees.values()].map(({ members, tree: own }) => ({
    members: [...members].sort((one, other) => one - other),
    tree: own,
  }));
  return { clusters: clusters.sort((one, other) => (one.members[0] ?? 0) - (other.members[0] ?? 0)), refused };
}

/** Union-find that knows who may not meet. */
class Forest {
  readonly #parents = new Map<number, number>();
  readonly #sizes = new Map<number, number>();
  /** Root -> accounts that may not join its tree, each with the one in the tree that bars it. */
  readonly #bars = new Map<number, Map<number, number>>();

  constructor(never: readonly (readonly [number, number])[]) {
    for (const [one, other] of never) {
      this.#bar(one, other);
      this.#bar(other, one);
    }
  }

  root(place: number): number {
    let root = place;
    for (let next = this.#parents.get(root); next !== undefined; next = this.#parents.get(root)) root = next;
    for (let at = place; at !== root; ) {
      const next = this.#parents.get(at) ?? root;
      this.#parents.set(at, root);
      at = next;
    }
    return root;
  }

  /** A pair that may not meet, and would if both trees were joined. */
  barrier(a: number, b: number): readonly [number, number] | null {
    const [rootA, rootB] = [this.root(a), this.root(b)];
    if (rootA === rootB) return null;
    for (const [barred, by] of this.#bars.get(rootA) ?? []) if (this.root(barred) === rootB) return [by, barred];
    return null;
  }

  /** False when they are in one tree already. */
  join(a: number, b: number): boolean {
    const [one, other] = [this.root(a), this.root(b)];
    if (one === other) return false;
    const [small, large] = (this.#sizes.get(one) ?? 1) < (this.#sizes.get(other) ?? 1) ? [one, other] : [other, one];
    this.#parents.set(small, large);
    this.#sizes.set(large, (this.#sizes.get(large) ?? 1) + (this.#sizes.get(small) ?? 1));
    for (const [barred, by] of this.#bars.get(small) ?? []) this.#bar(large, barred, by);
    return true;
  }

  #bar(root: number, barred: number, by = root): void {
    const bars = this.#bars.get(root) ?? new Map<number, number>();
    this.#bars.set(root, bars.set(barred, by));
  }
}
