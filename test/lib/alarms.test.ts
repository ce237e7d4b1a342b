import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { environmentNames } from '../../lambdas/domain/resource-names.ts';
import { environments } from '../../lib/config.ts';
import { anchorOf } from '../../lib/constructs/runbook-alarm.ts';
import { functionImpacts } from '../../lib/function-impacts.ts';
import { servingFunctions } from '../../lib/serving-functions.ts';
import { resources, templates } from './synthesise.ts';

const headings = [...readFileSync('docs/runbook.md', 'utf8').matchAll(/^#+ (.+)$/gm)].map(
  ([, heading = '']) => heading,
);
const anchors = new Set(headings.map(anchorOf));

describe.each(environmentNames)('alarms of %s', (environment) => {
  const all = templates(environment);
  const alarms = Object.values(all).flatMap((template) => resources(template, 'AWS::CloudWatch::Alarm'));

  test('watch every function and what readers would miss', () => {
    const ids = alarms.map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''));
    expect(ids).toEqual(
      expect.arrayContaining([
        ...['FailedRun', 'StaleData', 'EventsLeft', 'QuarantineRate', 'TransformationErrors'],
        ...['ApiErrors', 'ApiSlow'],
      ]),
    );
    const functions = [...Object.keys(functionImpacts), ...Object.keys(servingFunctions)];
    expect(alarms).toHaveLength(7 + functions.length);
  });

  test('say what it means and lead to a heading of the runbook', () => {
    for (const { id, Properties } of alarms) {
      const [, impact = '', anchor = ''] =
        /^(.+) Runbook: docs\/runbook\.md#(\S+)$/.exec(String(Properties.AlarmDescription)) ?? [];
      expect(impact.length, id).toBeGreaterThan(30);
      expect(anchors, id).toContain(anchor);
      expect(Properties.AlarmActions, id).toHaveLength(1);
    }
  });

  test('read what the functions of their own environment measure', () => {
    const own = `Headwater/${environment}`;
    const read = JSON.stringify(alarms).match(/"Namespace":"Headwater[^"]*"/g) ?? [];
    expect(new Set(read)).toEqual(new Set([`"Namespace":"${own}"`]));
    for (const stack of [all.pipeline, all.serving]) {
      for (const { Properties } of resources(stack, 'AWS::Lambda::Function')) {
        const { Variables = {} } = (Properties.Environment ?? {}) as { Variables?: Record<string, unknown> };
        if ('POWERTOOLS_SERVICE_NAME' in Variables) expect(Variables.POWERTOOLS_METRICS_NAMESPACE).toBe(own);
      }
    }
    const [board] = resources(all.monitoring, 'AWS::CloudWatch::Dashboard');
    expect(JSON.stringify(board)).toContain(own);
  });

  test('hear of one kind of end while there is nothing of the others', () => {
    // A sum has no value where one of its metrics has none: CloudWatch knows a kind of end only once it has happened.
    const [failedRun] = alarms.filter(({ id }) => id.startsWith('FailedRun'));
    const metrics = (failedRun?.Properties.Metrics ?? []) as { Id: string; Expression?: string }[];
    const [{ Expression: expression = '' } = {}, ...parts] = metrics;
    expect(parts).toHaveLength(3);
    for (const { Id } of parts) expect(expression).toContain(`FILL(${Id}, 0)`);
  });

  test('do not ring when a run cannot begin because another one works', () => {
    const [plan] = alarms.filter(({ id }) => id.startsWith('planrunFailing'));
    const [whole] = (plan?.Properties.Metrics ?? []) as { Expression?: string }[];
    expect(whole?.Expression).toBe('errors - FILL(harmless, 0)');
  });

  test('reach the subscribers, over TLS and encrypted', () => {
    const subscriptions = resources(all.pipeline, 'AWS::SNS::Subscription').map(({ Properties }) => Properties);
    const unfiltered = subscriptions.filter(({ FilterPolicy }) => FilterPolicy === undefined);
    expect(unfiltered.map(({ Endpoint }) => Endpoint)).toEqual(environments[environment].alarms.subscribers);
    const [topic] = resources(all.pipeline, 'AWS::SNS::Topic');
    expect(topic?.Properties.KmsMasterKeyId).toBeDefined();
    expect(JSON.stringify(resources(all.pipeline, 'AWS::SNS::TopicPolicy'))).toContain('"aws:SecureTransport":"false"');
  });

  test('tell owners of datasets of what concerns them, and of nothing else', () => {
    const { owners, subscribers } = environments[environment].alarms;
    const filtered = resources(all.pipeline, 'AWS::SNS::Subscription')
      .map(({ Properties }) => Properties)
      .filter(({ FilterPolicy }) => FilterPolicy !== undefined);
    const told = filtered.flatMap(({ Endpoint, FilterPolicy }) =>
      (FilterPolicy as { recipient: string[] }).recipient.map((owner) => [owner, Endpoint]),
    );
    expect(Object.fromEntries(told)).toEqual(owners);
    expect(filtered.filter(({ Endpoint }) => subscribers.includes(String(Endpoint)))).toEqual([]);
  });

  test('include the forecast of the month, by environment', () => {
    const [budget] = resources(all.monitoring, 'AWS::Budgets::Budget');
    expect(budget?.Properties.Budget).toMatchObject({
      CostFilters: { TagKeyValue: [`user:headwater-environment$${environment}`] },
      BudgetLimit: { Amount: environments[environment].alarms.monthlyBudgetUsd, Unit: 'USD' },
    });
    expect(headings).toContain('Cost');
  });

  test('stay quiet without data, except for stale tables', () => {
    for (const { id, Properties } of alarms) {
      expect(Properties.TreatMissingData, id).toBe(id.startsWith('StaleData') ? 'breaching' : 'notBreaching');
    }
  });
});

test('every owner that a dataset names hears of its rejects in prod', () => {
  const contracts = readdirSync('config/sources')
    .filter((file) => file !== 'salesforce.json')
    .map((file) => JSON.parse(readFileSync(`config/sources/${file}`, 'utf8')) as { owner: string });
  const owners = new Set(contracts.map(({ owner }) => owner));
  expect(new Set(Object.keys(environments.prod.alarms.owners))).toEqual(owners);
});
