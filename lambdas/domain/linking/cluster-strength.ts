import type { Cluster, Edge } from './link-clusters.ts';

/** Weakest link between each member and the master, over the cluster's tree, hundredths of a percent; 10,000 for the master itself. */
export function pathConfidences({ members, tree }: Cluster, master: number): Map<number, number> {
  const neighbours = new Map<number, Edge[]>(members.map((member) => [member, []]));
  for (const edge of tree) {
    neighbours.get(edge.a)?.push(edge);
    neighbours.get(edge.b)?.push(edge);
  }
  const confidences = new Map<number, number>([[master, 10_000]]);
  const waiting = [master];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    for (const { a, b, confidence } of neighbours.get(place) ?? []) {
      const next = a === place ? b : a;
      if (confidences.has(next)) continue;
      confidences.set(next, Math.min(confidence, confidences.get(place) ?? 0));
      waiting.push(next);
    }
  }
  return confidences;
}

/**
 * Weak links that alone hold parts of a cluster together: without them it falls apart, whatever other merged pairs (`edges`) there are. Of
 * two accounts none is told: there the link is all there is.
 */
export function weakBridges({ members, tree }: Cluster, edges: readonly Edge[], weak: number): Edge[] {
  if (members.length < 3) return [];
  return tree.filter((edge) => edge.confidence < weak && !isBypassed(edge, edges));
}

/** Whether the ends of an edge meet without it. */
function isBypassed(edge: Edge, edges: readonly Edge[]): boolean {
  const reached = new Set([edge.a]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const other of edges) {
      if (other === edge || reached.has(other.a) === reached.has(other.b)) continue;
      reached.add(other.a).add(other.b);
      grew = true;
    }
  }
  return reached.has(edge.b);
}
