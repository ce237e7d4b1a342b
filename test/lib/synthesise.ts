import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { EnvironmentName } from '../../lambdas/domain/resource-names.ts';
import { addChecks, addEnvironment } from '../../lib/application.ts';

const cdkJson = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')) as { context: object };

/** An app with the project's feature flags that bundles no functions. */
export function testApp(context: Record<string, unknown> = {}): App {
  return new App({ context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [], ...context } });
}

/** The templates of an environment by stack: `lake`, `catalog` ... */
export function templates(
  environment: EnvironmentName,
  context: Record<string, unknown> = {},
): Record<string, Template> {
  const stacks = addEnvironment(testApp(context), environment);
  return Object.fromEntries(
    Object.entries(stacks).map(([name, stack]: [string, Stack]) => [name, Template.fromStack(stack)]),
  );
}

/** Rules of cdk-nag's AwsSolutions that the app breaks without a written reason. */
export function findings(build: (app: App) => void): string[] {
  const outdir = mkdtempSync(join(tmpdir(), 'headwater-nag-'));
  const before = process.exitCode;
  try {
    const app = new App({ outdir, context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [] } });
    addChecks(app);
    build(app);
    synthesiseAnyway(app);
    const report = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')) as {
      pluginReports: { violations: { ruleName: string }[] }[];
    };
    return report.pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName));
  } finally {
    process.exitCode = before;
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Findings make the synthesis throw; they are in its report by then. */
function synthesiseAnyway(app: App): void {
  try {
    app.synth();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ValidationFailed') throw error;
  }
}

/** Resources of a type: logical id -> properties and attributes. */
export function resources(template: Template | undefined, type: string): Resource[] {
  if (template === undefined) throw new Error(`There is no such stack; it would have ${type}.`);
  return Object.entries(template.findResources(type)).map(
    ([id, resource]) => ({ id, ...(resource as object) }) as Resource,
  );
}

export interface Resource {
  readonly id: string;
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
}
