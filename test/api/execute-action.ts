import type { Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ExecuteResult, executeResponse } from '../../lambdas/api/contract/actions.ts';
import { SourceUnavailableError } from '../../lambdas/domain/errors.ts';
import type { CrmSource, NewTask } from '../../lambdas/ports/crm-source.ts';
import { retryActions } from '../../lambdas/steps/retry-actions.ts';
import { type ApiHome, as } from './api-home.ts';
import { type Recommendation, recommendationRows } from './recommendation-rows.ts';

/** Executing makes one Task in the org, whatever happens on the way. */
export function describeExecuteAction(home: () => ApiHome): void {
  describe('executing a recommendation', () => {
    let app: Hono;
    let open: Recommendation[];
    let now = Date.now();

    beforeAll(async () => {
      app = home().app();
      open = (await recommendationRows(app)).filter(({ status }) => status === 'open');
      expect(open.length).toBeGreaterThan(8);
    });

    const next = () => open.pop()?.recommendation_id ?? '';
    const post = (id: string, body: object = {}, key = 'key-1', on = app) =>
      on.request(`/api/actions/${id}/execute`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { ...as('manager').headers, 'content-type': 'application/json', 'idempotency-key': key },
      });
    const result = async (response: Response): Promise<ExecuteResult> => executeResponse.parse(await response.json());
    const tasksOf = async (id: string) => {
      const crm = home().ports.crm as CrmSource;
      const { records } = await crm.select(
        'SELECT Id, WhatId, Subject, Description, ActivityDate, Priority FROM Task',
        new AbortController().signal,
      );
      return records.filter(({ Description }) => Description?.includes(id));
    };
    /** The org as it is, except for what is replaced. */
    const withCrm = (replaced: Partial<CrmSource>) => {
      const crm = home().ports.crm as CrmSource;
      const source: CrmSource = {
        status: (signal) => crm.status(signal),
        describe: (object, signal) => crm.describe(object, signal),
        select: (soql, signal, fields) => crm.select(soql, signal, fields),
        changes: (kind, object, period, signal) => crm.changes(kind, object, period, signal),
        createTask: (task, signal) => crm.createTask(task, signal),
        quota: () => crm.quota(),
        ...replaced,
      };
      return { crm: source, now: () => new Date(now) };
    };
    const down = { createTask: () => Promise.reject(new SourceUnavailableError('down')) };

    it('makes a Task in the org with what the recommendation says', async () => {
      const id = next();
      const response = await post(id, { due_on: '2025-07-04', note: '=Call "Zoë" 😀' });
      expect(response.status).toBe(201);
      const made = await result(response);
      expect(made).toMatchObject({
        status: 'scheduled',
        due_on: '2025-07-04',
        executed_by: 'somebody-manager',
        replayed: false,
      });
      const [task, ...more] = await tasksOf(id);
      expect(more).toEqual([]);
      expect(task).toMatchObject({
        Id: made.task_id,
        WhatId: made.account_id,
        Subject: made.subject,
        ActivityDate: '2025-07-04',
      });
      expect(task?.Description).toMatch(/^=Call "Zoë" 😀\n/);
    });

    it('shows at once, before any run', async () => {
      const id = next();
      const account = id.split('_', 1)[0];
      const summary = async () =>
        (await (await app.request('/api/dashboard/summary', as('manager'))).json()) as SummaryPart;
      const listed = () => app.request(`/api/customer/${account}/recommendations?status=scheduled`, as('manager'));
      const [before, tag] = [await summary(), (await listed()).headers.get('etag')];
      const { task_id } = await result(await post(id));
      const after = await summary();
      const scheduled = ({ recommendations }: SummaryPart) =>
        recommendations.find(({ status }) => status === 'scheduled')?.recommendations;
      expect(scheduled(after)).toBe((scheduled(before) ?? 0) + 1);
      expect(after.recommendation_execution_rate).toBeGreaterThanOrEqual(before.recommendation_execution_rate);
      const response = await listed();
      expect(response.headers.get('etag')).not.toBe(tag);
      const { data } = (await response.json()) as { data: Recommendation[] };
      expect(data.find(({ recommendation_id }) => recommendation_id === id)).toMatchObject({
        status: 'scheduled',
        task_id,
      });
    });

    it('is done once, however often and by whomever it is asked', async () => {
      const id = next();
      const first = await result(await post(id));
      for (const key of ['key-1', 'key-2']) {
        const again = await post(id, { note: 'again' }, key);
        expect([again.status, await result(again)]).toEqual([200, { ...first, replayed: true }]);
      }
      expect(await tasksOf(id)).toHaveLength(1);
    });

    it('makes one Task of requests at the same time', async () => {
      const id = next();
      const slow = home().app({}, withCrm({ createTask: async (task, signal) => slowly(home(), task, signal) }));
      const responses = await Promise.all(Array.from({ length: 12 }, (_, index) => post(id, {}, `key-${index}`, slow)));
      expect(responses.map(({ status }) => status).toSorted()).toEqual([...Array.from({ length: 11 }, () => 200), 201]);
      expect(await tasksOf(id)).toHaveLength(1);
      expect((await home().ports.actions.get(id))?.status).toBe('scheduled');
    });

    it('waits while Salesforce is down, and is tried again later', async () => {
      const id = next();
      const offline = home().app({}, withCrm(down));
      const pending = await result(await post(id, {}, 'key-1', offline));
      expect(pending).toMatchObject({ status: 'pending', task_id: null, replayed: false });
      expect(pending.message).toMatch(/tried again/);
      const health = (await (await offline.request('/api/health', as('manager'))).json()) as {
        pending_actions: number;
      };
      expect(health.pending_actions).toBe(1);
      const ports = (replaced: Partial<CrmSource>) => ({ ...home().ports, ...withCrm(replaced) });
      expect(await retryActions(ports({}), 'test')).toEqual({ scheduled: 0, pending: 1 });
      now += 61_000;
      expect(await retryActions(ports(down), 'test')).toEqual({ scheduled: 0, pending: 1 });
      expect(await retryActions(ports({}), 'test')).toEqual({ scheduled: 0, pending: 1 });
      now += 121_000;
      expect(await retryActions(ports({}), 'test')).toEqual({ scheduled: 1, pending: 0 });
      expect(await tasksOf(id)).toHaveLength(1);
      expect(await result(await post(id))).toMatchObject({ status: 'scheduled', replayed: true });
    });

    it('makes no second Task when the answer to the first got lost', async () => {
      const id = next();
      const lossy = withCrm({
        createTask: async (task, signal) => {
          await home().ports.crm?.createTask(task, signal);
          throw new SourceUnavailableError('connection reset');
        },
      });
      expect((await result(await post(id, {}, 'key-1', home().app({}, lossy)))).status).toBe('pending');
      now += 61_000;
      expect(await retryActions({ ...home().ports, ...withCrm({}) }, 'test')).toEqual({ scheduled: 1, pending: 0 });
      const tasks = await tasksOf(id);
      expect(tasks).toHaveLength(1);
      expect((await home().ports.actions.get(id))?.payload.task_id).toBe(tasks[0]?.Id);
    });

    it('waits where no org is connected', async () => {
      const { status, message } = await result(await post(next(), {}, 'key-1', home().app({}, { crm: null })));
      expect(status).toBe('pending');
      expect(message).toMatch(/No Salesforce org/);
    });

    it('is refused for what is not open, not there, or with a key that is none', async () => {
      expect((await post('001000000000000AAA_R001_2025-06-30')).status).toBe(404);
      expect((await post(next(), {}, 'two words')).status).toBe(400);
    });
  });
}

interface SummaryPart {
  readonly recommendations: { readonly status: string; readonly recommendations: number }[];
  readonly recommendation_execution_rate: number;
}

async function slowly(home: ApiHome, task: NewTask, signal: AbortSignal): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 30));
  return (await home.ports.crm?.createTask(task, signal)) ?? '';
}
