import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Customer } from '../../lambdas/api/contract/customer.ts';
import type { Customers } from '../../lambdas/api/contract/customers.ts';
import type { Recommendations } from '../../lambdas/api/contract/customer-signals.ts';
import type { DashboardHome } from './dashboard-home.ts';
import { settled, visit, withPage } from './open-page.ts';

/** The way from a name to a done thing, by keyboard alone. */
export function describeSearchAndSchedule(home: () => DashboardHome, browser: () => Browser): void {
  describe('from search to action', () => {
    let row: Customers['data'][number];
    const read = async <Answer>(path: string) => (await (await fetch(`${home().url}${path}`)).json()) as Answer;

    beforeAll(async () => {
      const found = await read<Customers>('/api/customers?churn_risk_level=HIGH&has_recommendations=true&limit=1');
      const [first] = found.data;
      if (first === undefined) throw new Error('nobody is at high risk');
      row = first;
    });

    it('a name typed anywhere leads to the customer', async () => {
      for (const shortcut of ['/', 'Control+k']) {
        await withPage(browser(), home().url, async (page) => {
          await visit(page, '/customers');
          await search(page, shortcut, row);
          expect(new URL(page.url()).pathname).toBe(`/customers/${row.account_id}`);
          expect(await page.locator('h1').textContent()).toBe(row.account_name);
        });
      }
    });

    it('answers that nobody waits for any more are given up', async () => {
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/');
        const aborted: string[] = [];
        page.on('requestfailed', (request) => aborted.push(new URL(request.url()).searchParams.get('q') ?? ''));
        await page.route(/q=zz&|q=zz$/, async (route) => {
          await new Promise((resolve) => setTimeout(resolve, 2_000));
          await route.continue().catch(() => {});
        });
        await page.keyboard.press('/');
        const waiting = page.waitForRequest(/q=zz(&|$)/);
        await page.keyboard.type('zz');
        await waiting;
        await page.keyboard.type('y');
        await page.getByText('No customer has words that begin so.').waitFor();
        expect(aborted).toContain('zz');
      });
    });

    it('every factor of the health score stands with weight, contribution and raw values', async () => {
      const { health } = await read<Customer>(`/api/customer/${row.account_id}`);
      await withPage(browser(), home().url, async (page) => {
        await visit(page, `/customers/${row.account_id}`);
        const panel = page.getByRole('region', { name: 'Why this health' });
        const text = (await panel.innerText()).replaceAll(/\s+/g, ' ');
        expect(health.factors.length).toBeGreaterThan(3);
        for (const { value, weight, contribution, inputs } of health.factors) {
          if (value === null || contribution === null) continue;
          const sentence = `${value.toFixed(1)} of 100, weight ${(weight * 100).toFixed(1)} %, adds ${contribution.toFixed(1)}`;
          expect(text).toContain(sentence);
          for (const { description } of inputs) expect(text).toContain(description);
        }
        expect(text).toContain(`${health.score?.toFixed(1)} of 100`);
      });
    });

    it('a recommendation is scheduled once, as a Task in the org, and stays scheduled', async () => {
      const path = `/api/customer/${row.account_id}/recommendations`;
      const open = (await read<Recommendations>(path)).data.find(({ status }) => status === 'open');
      if (open === undefined) throw new Error('nothing is open');
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/');
        await search(page, '/', row);
        await page.getByRole('button', { name: `Schedule: ${open.action}` }).press('Enter');
        const dialog = page.getByRole('dialog', { name: `Schedule: ${open.action}` });
        await dialog.getByLabel('Due on').fill('2025-07-15');
        await dialog.getByLabel('Note').fill('Asked for by <b>the board</b>');
        await dialog.getByLabel('Note').press('Tab');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await dialog.waitFor({ state: 'detached' });
        await settled(page);
        expect(await page.locator(':focus').innerText()).toContain(open.action);
        const task = (await read<Recommendations>(path)).data.find(
          ({ recommendation_id }) => recommendation_id === open.recommendation_id,
        );
        expect(task).toMatchObject({ status: 'scheduled', due_on: '2025-07-15' });
        const { total, records } = await home().crm.select(
          `select Id, ActivityDate, Description from Task where WhatId = '${row.account_id}' and Subject = '${open.action}'`,
          new AbortController().signal,
        );
        expect(total).toBe(1);
        expect(records[0]).toMatchObject({ Id: task?.task_id, ActivityDate: '2025-07-15' });
        expect(records[0]?.Description).toContain('Asked for by <b>the board</b>');
        await page.reload();
        await settled(page);
        const panel = page.getByRole('region', { name: 'Recommendations' });
        expect(await panel.innerText()).toContain(String(task?.task_id));
        expect(await panel.getByText('Scheduled', { exact: true }).count()).toBe(1);
        expect(await page.getByRole('button', { name: `Schedule: ${open.action}` }).count()).toBe(0);
      });
    });

    it('a Task that Salesforce could not take is said to wait, and does not look like a success', async () => {
      // Nothing of the first customer may be left to schedule.
      const { data } = await read<Customers>('/api/customers?has_recommendations=true&limit=2');
      const other = data.find(({ account_id }) => account_id !== row.account_id);
      if (other === undefined) throw new Error('nobody else has a recommendation');
      await withPage(browser(), home().url, async (page) => {
        const message = 'Salesforce could not take the Task now.';
        await page.route('**/execute', (route) =>
          route.fulfill({ status: 201, json: { status: 'pending', subject: 'Call', message, task_id: null } }),
        );
        await visit(page, `/customers/${other.account_id}`);
        await page
          .getByRole('button', { name: /^Schedule:/ })
          .first()
          .click();
        await page.getByRole('dialog').getByRole('button', { name: 'Schedule' }).click();
        const said = page.getByText(`Call: ${message}`);
        await said.waitFor();
        expect(await said.getAttribute('class')).toContain('text-warn');
      });
    });
  });
}

async function search(page: Page, shortcut: string, row: Customers['data'][number]): Promise<void> {
  await page.keyboard.press(shortcut);
  await page.getByRole('combobox', { name: 'Search customers and pages' }).waitFor();
  await page.keyboard.type(row.account_name);
  await page.getByRole('option', { name: row.account_name }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/customers/${row.account_id}`);
  await page.getByRole('heading', { level: 1, name: row.account_name }).waitFor();
  await settled(page);
}
