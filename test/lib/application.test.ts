import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { environmentNames } from '../../lambdas/domain/resource-names.ts';
import { addEnvironment } from '../../lib/application.ts';
import { environmentSchema, environments } from '../../lib/config.ts';
import { findings, templates } from './synthesise.ts';

describe.each(environmentNames)('the stacks of %s', (environment) => {
  test('break no rule of AwsSolutions without a reason', () => {
    expect(findings((app) => addEnvironment(app, environment))).toEqual([]);
  });

  test.each(Object.entries(templates(environment)))('are as reviewed: %s', (_, template) => {
    expect(withoutAssets(template.toJSON())).toMatchSnapshot();
  });

  test('carry the tags for cost allocation', () => {
    const { tags } = environments[environment];
    const buckets = Object.values(templates(environment).lake?.findResources('AWS::S3::Bucket') ?? {});
    for (const bucket of buckets) {
      const own = (bucket.Properties as { Tags: { Key: string; Value: string }[] }).Tags;
      expect(Object.fromEntries(own.map(({ Key, Value }) => [Key, Value]))).toMatchObject(tags);
    }
    expect(buckets).not.toEqual([]);
  });
});

test('a bucket made carelessly is found', () => {
  expect(findings((app) => new Bucket(new Stack(app, 'Careless'), 'Bucket'))).toEqual(
    expect.arrayContaining(['AwsSolutions-S1', 'AwsSolutions-S10']),
  );
});

test('every value of the configuration is documented', () => {
  const undocumented: string[] = [];
  const visit = (schema: z.ZodType, path: string) => {
    if (path !== '' && (schema.description ?? '').length < 10) undocumented.push(path);
    if (!(schema instanceof z.ZodObject)) return;
    for (const [name, child] of Object.entries(schema.shape)) visit(child as z.ZodType, `${path}.${name}`);
  };
  visit(environmentSchema, '');
  expect(undocumented).toEqual([]);
  expect(Object.keys(environments)).toEqual([...environmentNames]);
});

test('the door of cdk names the Node of the project', () => {
  const { app } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { app: string };
  expect(app).toBe('npx --no-install node bin/app.ts');
  expect(execFileSync('npx', ['--no-install', 'node', '--version'], { encoding: 'utf8' })).toMatch(/^v24\./);
});

/** Hashes of bundled code change with every edit of it; the snapshot is about infrastructure. */
function withoutAssets(template: object): unknown {
  return JSON.parse(JSON.stringify(template).replaceAll(/[0-9a-f]{64}/g, '<hash>'));
}
