import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathConfidences, weakBridges } from '../../../lambdas/domain/linking/cluster-strength.ts';
import { type Edge, linkClusters } from '../../../lambdas/domain/linking/link-clusters.ts';

const edge = (a: number, b: number, confidence = 9_000): Edge => ({ a, b, confidence });
const members = (edges: readonly Edge[], never: readonly (readonly [number, number])[] = []) =>
  linkClusters(edges, never).clusters.map((cluster) => cluster.members);

const place = fc.nat(9);
const pair = fc
  .tuple(place, place)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => (a < b ? ([a, b] as const) : ([b, a] as const)));
const edges = fc
  .uniqueArray(fc.tuple(pair, fc.constantFrom(8_500, 9_000, 10_000)), {
    selector: ([[a, b]]) => `${a} ${b}`,
    maxLength: 20,
  })
  .map((list) =>
    list.map(([[a, b], confidence]) => edge(a, b, confidence)).sort((x, y) => y.confidence - x.confidence),
  );
const bans = fc.array(pair, { maxLength: 6 });

describe('clusters of links', () => {
  it('join whoever a chain of links connects', () => {
    expect(members([edge(0, 1), edge(4, 5), edge(1, 2)])).toEqual([
      [0, 1, 2],
      [4, 5],
    ]);
  });

  it('refuse a link between two that may never be linked', () => {
    const { clusters, refused } = linkClusters([edge(0, 1)], [[0, 1]]);
    expect(clusters).toEqual([]);
    expect([...refused.values()]).toEqual([[0, 1]]);
  });

  it('refuse it through others too, and keep the stronger links', () => {
    const [strong, middle, weak] = [edge(0, 1, 10_000), edge(2, 3, 9_500), edge(1, 2, 8_500)];
    const { clusters, refused } = linkClusters([strong, middle, weak], [[0, 3]]);
    expect(clusters.map((cluster) => cluster.members)).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(refused).toEqual(new Map([[weak, [0, 3]]]));
  });

  it('remember bans of both sides when they join', () => {
    expect(members([edge(0, 1), edge(2, 3), edge(0, 2), edge(4, 5), edge(1, 4)], [[3, 5]])).toEqual([
      [0, 1, 2, 3],
      [4, 5],
    ]);
  });

  it('never hold two that may not be linked, and split nobody else', () => {
    fc.assert(
      fc.property(edges, bans, (list, never) => {
        const { clusters, refused } = linkClusters(list, never);
        const clusterOf = new Map(clusters.flatMap((one) => one.members.map((member) => [member, one] as const)));
        for (const [a, b] of never) {
          if (clusterOf.has(a)) expect(clusterOf.get(a)).not.toBe(clusterOf.get(b));
        }
        for (const one of list) {
          const together = clusterOf.get(one.a) !== undefined && clusterOf.get(one.a) === clusterOf.get(one.b);
          expect(together).toBe(!refused.has(one));
        }
        for (const cluster of clusters) expect(cluster.tree.length).toBe(cluster.members.length - 1);
        expect(new Set(clusters.flatMap((one) => one.members)).size).toBe(
          clusters.flatMap((one) => one.members).length,
        );
      }),
      { numRuns: 500 },
    );
  });
});

/** The best that any path offers: of the weakest links of all paths the strongest. */
function widestPath(list: readonly Edge[], from: number, to: number): number {
  const best = new Map<number, number>([[from, 10_000]]);
  for (let round = 0; round < 10; round++) {
    for (const { a, b, confidence } of list) {
      for (const [one, other] of [
        [a, b],
        [b, a],
      ] as const) {
        const through = Math.min(best.get(one) ?? 0, confidence);
        if (through > (best.get(other) ?? 0)) best.set(other, through);
      }
    }
  }
  return best.get(to) ?? 0;
}

describe('the strength of a cluster', () => {
  it('is the weakest link on the path to the master', () => {
    const [cluster] = linkClusters([edge(0, 1, 10_000), edge(1, 2, 9_500), edge(2, 3, 8_600)], []).clusters;
    if (cluster === undefined) throw new Error('no cluster');
    expect([...pathConfidences(cluster, 0)].sort()).toEqual([
      [0, 10_000],
      [1, 10_000],
      [2, 9_500],
      [3, 8_600],
    ]);
  });

  it('takes the best path there is', () => {
    fc.assert(
      fc.property(edges, (list) => {
        for (const cluster of linkClusters(list, []).clusters) {
          const [master = 0] = cluster.members;
          for (const [member, confidence] of pathConfidences(cluster, master))
            expect(confidence).toBe(widestPath(list, master, member));
        }
      }),
    );
  });

  it('hangs on a weak link only where nothing else connects the parts', () => {
    const list = [edge(0, 1, 10_000), edge(2, 3, 10_000), edge(1, 2, 8_700)];
    const [cluster] = linkClusters(list, []).clusters;
    if (cluster === undefined) throw new Error('no cluster');
    expect(weakBridges(cluster, list, 9_000)).toEqual([list[2]]);
    expect(weakBridges(cluster, list, 8_700)).toEqual([]);
    expect(weakBridges(cluster, [...list, edge(0, 3, 8_600)], 9_000)).toEqual([]);
  });

  it('says nothing about two accounts, where the link is all there is', () => {
    const list = [edge(0, 1, 8_500)];
    const [cluster] = linkClusters(list, []).clusters;
    if (cluster === undefined) throw new Error('no cluster');
    expect(weakBridges(cluster, list, 9_000)).toEqual([]);
  });
});
