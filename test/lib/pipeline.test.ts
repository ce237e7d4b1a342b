import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { environmentNames } from '../../lambdas/domain/resource-names.ts';
import { placeholderOf, type TaskName, tasks } from '../../lambdas/pipeline/tasks.ts';
import { addEnvironment } from '../../lib/application.ts';
import { environments } from '../../lib/config.ts';
import { stageRights } from '../../lib/stage-rights.ts';
import { type Resource, resources, templates, testApp } from './synthesise.ts';

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

test('the deployed definition is the file that the laptop runs, byte for byte', () => {
  const app = testApp();
  const { pipeline } = addEnvironment(app, 'prod');
  const { directory } = app.synth();
  const text = readFileSync(join(directory, `${pipeline.artifactId}.assets.json`), 'utf8');
  const { files } = JSON.parse(text) as { files: Record<string, { source: { path: string } }> };
  const [machine] = resources(templates('prod').pipeline, 'AWS::StepFunctions::StateMachine');
  const { Key } = (machine?.Properties.DefinitionS3Location ?? { Key: '' }) as { Key: string };
  const deployed = readFileSync(join(directory, files[Key.replace('.json', '')]?.source.path ?? ''));
  expect(deployed.equals(readFileSync('lambdas/pipeline/headwater.asl.json'))).toBe(true);
  expect(app).toBeInstanceOf(App);
});

describe.each(environmentNames)('the pipeline of %s', (environment) => {
  const { pipeline } = templates(environment);
  const functions = resources(pipeline, 'AWS::Lambda::Function');

  test('has a function for each stage and one for events, on Node 24 and arm64, traced', () => {
    const names = functions.map(({ Properties }) => String(Properties.FunctionName));
    expect(names.sort()).toEqual(
      [...Object.keys(tasks), 'intake'].map((stage) => `headwater-${environment}-${stage}`).sort(),
    );
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
      });
    }
  });

  test('puts a function in for every placeholder of the definition', () => {
    const [machine] = resources(pipeline, 'AWS::StepFunctions::StateMachine');
    expect(Object.keys(machine?.Properties.DefinitionSubstitutions as object).sort()).toEqual(
      (Object.keys(tasks) as TaskName[]).map(placeholderOf).sort(),
    );
    expect(machine?.Properties).toMatchObject({
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    });
  });

  test('gives every function a role of its own and no managed policy', () => {
    const roles = functions.map(({ Properties }) => JSON.stringify(Properties.Role));
    expect(new Set(roles).size).toBe(functions.length);
    for (const { id, Properties } of resources(pipeline, 'AWS::IAM::Role')) {
      expect(Properties.ManagedPolicyArns, id).toBeUndefined();
    }
  });

  test('allows no action by a wildcard, and all resources only to tracing and the delivery of logs', () => {
    for (const { id, Properties } of resources(pipeline, 'AWS::IAM::Policy')) {
      for (const { Action, Resource } of statementsOf(Properties)) {
        const actions = [Action].flat();
        expect(
          actions.filter((action) => action.includes('*')),
          id,
        ).toEqual([]);
        if (Resource === '*') expect(actions.join(), id).toMatch(/^(xray:|logs:)/);
      }
    }
  });

  test('lets only those remove files, read the secret or start runs that do', () => {
    expect(allowedTo(pipeline, 's3:DeleteObject')).toEqual(['archivefiles', 'planrun']);
    expect(allowedTo(pipeline, 'secretsmanager:GetSecretValue')).toEqual(['extractobject', 'planrun']);
    expect(allowedTo(pipeline, 'states:StartExecution')).toEqual(['Schedules', 'closerun', 'intake']);
    expect(allowedTo(pipeline, 'athena:GetQueryResults')).toEqual(['buildlayer', 'checklayer']);
    for (const action of ['athena:StartQueryExecution', 'glue:CreateTable', 'glue:BatchCreatePartition'])
      expect(allowedTo(pipeline, action)).toEqual(['buildlayer', 'checklayer', 'publishrun']);
    expect(allowedTo(pipeline, 'sns:Publish')).toEqual(['closerun']);
  });

  test('lets Athena write results and nothing else beside the lake, and make tables to build from', () => {
    const statements = resources(pipeline, 'AWS::IAM::Policy')
      .filter(({ id }) => id.toLowerCase().startsWith('checklayer'))
      .flatMap(({ Properties }) => statementsOf(Properties));
    const resourcesOf = (action: string) =>
      JSON.stringify(
        statements.filter(({ Action }) => [Action].flat().includes(action)).map(({ Resource }) => Resource),
      );
    expect(resourcesOf('athena:StartQueryExecution')).toContain(`workgroup/headwater-${environment}"`);
    expect(resourcesOf('glue:CreateTable')).toContain(`table/headwater_${environment}_build/*`);
    expect(resourcesOf('glue:CreateTable')).not.toMatch(/_(silver|gold|analytics|ops)\//);
    expect(resourcesOf('s3:PutObject').match(/s3:::/g)).toHaveLength(2);
  });

  test('lets one stage keep the tables of analysts, and their databases only', () => {
    expect(allowedTo(pipeline, 'glue:UpdateTable')).toEqual(['publishrun']);
    expect(allowedTo(pipeline, 'glue:BatchDeletePartition')).toEqual([]);
    const glue = resources(pipeline, 'AWS::IAM::Policy')
      .flatMap(({ Properties }) => statementsOf(Properties))
      .filter(({ Action }) => [Action].flat().includes('glue:UpdateTable'));
    const named = [...JSON.stringify(glue).matchAll(/:(?:database|table)\/headwater_(?:dev|prod)_(\w+)/g)];
    expect(new Set(named.map(([, layer]) => layer))).toEqual(new Set(['analytics', 'ops']));
  });

  test('lets whoever runs statements look at the default database, which Athena does first', () => {
    const { catalog } = templates(environment);
    const policies = [pipeline, catalog].flatMap((template) => resources(template, 'AWS::IAM::Policy'));
    const asking = policies.filter(({ Properties }) =>
      JSON.stringify(Properties).includes('athena:StartQueryExecution'),
    );
    expect(asking).toHaveLength(4);
    for (const { id, Properties } of asking) {
      const reading = statementsOf(Properties).filter(({ Action }) => [Action].flat().includes('glue:GetDatabase'));
      expect(JSON.stringify(reading), id).toContain(':database/default');
    }
  });

  test('writes the current publication from one stage only', () => {
    const writers = Object.entries(stageRights).filter(([, rights]) => {
      const { write = [] } = 'lake' in rights && 'write' in rights.lake ? rights.lake : {};
      return write.some((prefix: string) => prefix.startsWith('catalog'));
    });
    expect(writers.map(([name]) => name)).toEqual(['publish-run']);
  });

  test('collects events for a minute, takes them in part, and keeps what fails', () => {
    const [source] = resources(pipeline, 'AWS::Lambda::EventSourceMapping');
    expect(source?.Properties).toMatchObject({
      MaximumBatchingWindowInSeconds: 60,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    const queues = resources(pipeline, 'AWS::SQS::Queue');
    expect(queues).toHaveLength(2);
    for (const { id, Properties } of queues) expect(Properties.KmsMasterKeyId, id).toBeDefined();
    expect(queues.filter(({ Properties }) => Properties.RedrivePolicy !== undefined)).toHaveLength(1);
    expect(JSON.stringify(resources(pipeline, 'AWS::Events::Rule'))).toContain('"prefix":"landing/"');
  });

  test('starts by itself when the configuration says', () => {
    const schedules = resources(pipeline, 'AWS::Scheduler::Schedule').map(({ Properties }) => [
      Properties.ScheduleExpression,
      JSON.parse((Properties.Target as { Input: string }).Input) as unknown,
    ]);
    const { changes, formulaRefresh, reconciliation } = environments[environment].schedules;
    const input = { asOf: null, rebuild: false, reconcile: false, resume: null };
    expect(schedules).toEqual([
      [changes, input],
      [formulaRefresh, input],
      [reconciliation, { ...input, reconcile: true }],
    ]);
  });

  test('keeps logs encrypted and for a time', () => {
    const groups = resources(pipeline, 'AWS::Logs::LogGroup');
    expect(groups).toHaveLength(functions.length + 1);
    for (const { id, Properties } of groups) {
      expect(Properties.KmsKeyId, id).toBeDefined();
      expect(Properties.RetentionInDays, id).toBe(environments[environment].functions.logDays);
    }
  });
});

function statementsOf(properties: Resource['Properties']): Statement[] {
  return (properties.PolicyDocument as { Statement: Statement[] }).Statement;
}

/** The part of the logical id that names who has the policy. */
function allowedTo(template: Parameters<typeof resources>[0], action: string): string[] {
  return resources(template, 'AWS::IAM::Policy')
    .filter(({ Properties }) => statementsOf(Properties).some(({ Action }) => [Action].flat().includes(action)))
    .map(({ id }) => /^[a-z]+(?=Role)/.exec(id)?.[0] ?? 'Schedules')
    .sort();
}
