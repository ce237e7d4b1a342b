import type { Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Endpoint, endpoints } from '../../lambdas/api/contract.ts';
import { roles } from '../../lambdas/api/contract/health.ts';
import { principalOfClaims, scopesOf } from '../../lambdas/api/principal.ts';
import { type ApiHome, as, type Known, knownIds, pathOf } from './api-home.ts';

type Row = Record<string, string | null>;

/** Role × endpoint × territory: who may ask what, and whose rows they see. */
export function describeAuthorisation(home: () => ApiHome): void {
  describe('authorisation', () => {
    let app: Hono;
    let known: Known;
    let own: string;
    let other: Row;

    beforeAll(async () => {
      app = home().app();
      known = await knownIds(app);
      const { data } = (await (await app.request('/api/customers?limit=200', as('admin'))).json()) as { data: Row[] };
      own = data.find(({ territory_id }) => territory_id !== null)?.territory_id ?? '';
      other = data.find(({ territory_id }) => territory_id !== null && territory_id !== own) ?? {};
    });

    it.each(Object.entries(endpoints))(
      'answers %s with 401 when nobody is logged in',
      async (_id, endpoint: Endpoint) => {
        const response = await app.request(pathOf(endpoint, known), { method: endpoint.method });
        expect(response.status).toBe(401);
        expect(response.headers.get('www-authenticate')).toBe('Bearer');
      },
    );

    it.each(
      roles.flatMap((role) =>
        Object.entries(endpoints).map(([id, endpoint]) => ({ role, id, endpoint: endpoint as Endpoint })),
      ),
    )('lets $role ask $id only with its scope', async ({ role, endpoint }) => {
      const request = { ...as(role, own), method: endpoint.method };
      const { status } = await app.request(pathOf(endpoint, known), request);
      const isAllowed = endpoint.scope === null || scopesOf[role].includes(endpoint.scope);
      // An advisor may ask, and what exists elsewhere is not there.
      if (!isAllowed) expect(status).toBe(403);
      else if (role === 'advisor') expect([200, 201, 404]).toContain(status);
      else expect([200, 201]).toContain(status);
    });

    it.each(['/api/customers', '/api/clients', '/api/territories'])(
      'shows an advisor only own rows of %s',
      async (path) => {
        const response = await app.request(`${path}?limit=200&facets=true`, as('advisor', own));
        const { data, facets } = (await response.json()) as {
          data: Row[];
          facets: Record<string, { value: string }[]>;
        };
        expect(data.length).toBeGreaterThan(0);
        expect(new Set(data.map(({ territory_id }) => territory_id))).toEqual(new Set([own]));
        for (const { value } of facets.territory_id ?? []) expect(value).toBe(own);
        const csv = await (await app.request(`${path}?format=csv`, as('advisor', own))).text();
        expect(csv).not.toContain(String(other.territory_id));
      },
    );

    it('counts for an advisor what the advisor may see', async () => {
      const summary = async (...who: Parameters<typeof as>) =>
        (await (await app.request('/api/dashboard/summary', as(...who))).json()) as Record<string, number>;
      const list = (await (await app.request('/api/customers', as('advisor', own))).json()) as {
        page: { total: number };
      };
      expect((await summary('advisor', own)).total_customers).toBe(list.page.total);
      expect((await summary('advisor', own)).total_customers).toBeLessThan(
        (await summary('admin')).total_customers ?? 0,
      );
      expect((await summary('advisor')).total_customers).toBe(0);
    });

    it.each(['', '/alerts', '/recommendations', '/timeline'])(
      'hides customers of others (%s) from an advisor',
      async (part) => {
        const path = `/api/customer/${other.account_id}${part}`;
        expect((await app.request(path, as('advisor', own))).status).toBe(404);
        expect((await app.request(path, as('advisor', String(other.territory_id)))).status).toBe(200);
      },
    );

    it('hides recommendations, territories and clients of others from an advisor', async () => {
      const { data } = (await (
        await app.request('/api/customers?has_recommendations=true&limit=200', as('admin'))
      ).json()) as {
        data: Row[];
      };
      const foreign = data.find(({ territory_id }) => territory_id !== null && territory_id !== own);
      const listed = (await (
        await app.request(`/api/customer/${foreign?.account_id}/recommendations`, as('admin'))
      ).json()) as {
        data: Row[];
      };
      const execute = `/api/actions/${listed.data[0]?.recommendation_id}/execute`;
      expect((await app.request(execute, { ...as('advisor', own), method: 'POST' })).status).toBe(404);
      expect(await home().ports.actions.get(String(listed.data[0]?.recommendation_id))).toBeNull();
      expect((await app.request(`/api/territories/${other.territory_id}`, as('advisor', own))).status).toBe(404);
      expect((await app.request(`/api/clients/${other.account_id}/history`, as('advisor', own))).status).toBe(404);
    });

    it('does not answer an advisor from what another reader was answered', async () => {
      const tags = new Set<string | null>();
      const readers = [
        as('admin'),
        as('advisor', own),
        as('advisor', String(other.territory_id)),
        as('advisor', 'all'),
      ];
      for (const who of readers) {
        tags.add((await app.request('/api/customers', who)).headers.get('etag'));
      }
      expect(tags.size).toBe(4);
    });

    it('reads role, territories and scopes from the claims of a token', () => {
      const claims = { sub: 'u-1', 'cognito:groups': '[advisor]', 'custom:territories': 'NOR_INS, MID' };
      expect(principalOfClaims(claims)).toEqual({
        subject: 'u-1',
        role: 'advisor',
        scopes: ['customers:read', 'actions:execute'],
        territories: ['NOR_INS', 'MID'],
      });
      expect(principalOfClaims({ ...claims, scope: 'openid headwater/customers:read' })?.scopes).toEqual([
        'customers:read',
      ]);
      expect(principalOfClaims({ ...claims, scope: 'headwater/operations:read' })?.scopes).toEqual([]);
      expect(principalOfClaims({ ...claims, scope: 'openid email' })?.scopes).toHaveLength(2);
      // Of several groups the one that may least.
      expect(principalOfClaims({ ...claims, 'cognito:groups': ['admin', 'advisor'] })?.role).toBe('advisor');
      for (const bad of [{}, { sub: 'u-1' }, { sub: 'u-1', 'cognito:groups': '[root]' }, null, 'x']) {
        expect(principalOfClaims(bad)).toBeNull();
      }
    });
  });
}
