import type { Template } from 'aws-cdk-lib/assertions';

/** A statement of a role's policy, its references resolved to the text that an account would have. */
export interface Grant {
  readonly actions: readonly string[];
  /** ARNs, `*` in them standing for anything. */
  readonly resources: readonly string[];
  /** What a listing may ask for; null where it is not limited. */
  readonly prefixes: readonly string[] | null;
}

const account = '123456789012';
const region = 'us-east-1';
const pseudo: Readonly<Record<string, string>> = {
  'AWS::AccountId': account,
  'AWS::Region': region,
  'AWS::Partition': 'aws',
};

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}
interface Stack {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { Value: unknown; Export?: { Name: string } }>>;
}

/** Function (as its construct is called, `archivefiles`) -> what its role allows, of all stacks together. */
export function grantsOfFunctions(templates: Readonly<Record<string, Template>>): Map<string, Grant[]> {
  const stacks = Object.values(templates).map((template) => template.toJSON() as Stack);
  const grants = new Map<string, Grant[]>();
  for (const stack of stacks) {
    for (const [id, { Type, Properties }] of Object.entries(stack.Resources)) {
      const name = /^([a-z]+)RoleDefaultPolicy/.exec(id)?.[1];
      if (Type !== 'AWS::IAM::Policy' || name === undefined) continue;
      const { Statement } = Properties.PolicyDocument as { Statement: Record<string, unknown>[] };
      grants.set(name, [...(grants.get(name) ?? []), ...Statement.map((one) => grantOf(one, stack, stacks))]);
    }
  }
  return grants;
}

/** True when one of the grants allows the action on the resource; `*` in the resource asks for all below. */
export function isGranted(
  grants: readonly Grant[],
  wanted: { action: string; resource: string; prefix?: string },
): boolean {
  return grants.some(
    ({ actions, resources, prefixes }) =>
      actions.includes(wanted.action) &&
      resources.some((resource) => covers(resource, wanted.resource)) &&
      (prefixes === null || wanted.prefix === undefined || prefixes.some((one) => covers(one, wanted.prefix ?? ''))),
  );
}

export function covers(pattern: string, value: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(value);
}

function grantOf(statement: Record<string, unknown>, stack: Stack, stacks: readonly Stack[]): Grant {
  if (statement.Effect !== 'Allow')
    throw new Error('A policy of a function denies something: the test knows allowing only.');
  const conditions = Object.entries((statement.Condition ?? {}) as Record<string, Record<string, string[]>>);
  const [[operator, keys] = ['', {}], ...others] = conditions;
  if (others.length > 0 || !['', 'StringLikeIfExists'].includes(operator)) {
    throw new Error(`A policy of a function has a condition that the test does not know: ${operator}.`);
  }
  return {
    actions: [statement.Action].flat() as string[],
    resources: [statement.Resource].flat().map((resource) => resolved(resource, stack, stacks)),
    prefixes: operator === '' ? null : [keys?.['s3:prefix'] ?? []].flat(),
  };
}

/** What CloudFormation would make of a value. */
function resolved(value: unknown, stack: Stack, stacks: readonly Stack[]): string {
  if (typeof value === 'string') return value;
  const [[name, argument] = ['', '']] = Object.entries(value as Record<string, unknown>);
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map((part) => resolved(part, stack, stacks)).join(separator);
  }
  if (name === 'Fn::ImportValue') {
    for (const other of stacks) {
      const output = Object.values(other.Outputs ?? {}).find(({ Export }) => Export?.Name === argument);
      if (output !== undefined) return resolved(output.Value, other, stacks);
    }
  }
  if (name === 'Ref' && pseudo[String(argument)] !== undefined) return pseudo[String(argument)] ?? '';
  if (name === 'Ref' || name === 'Fn::GetAtt') return arnOf(String([argument].flat()[0]), stack);
  throw new Error(`The test cannot resolve ${JSON.stringify(value)}.`);
}

function arnOf(id: string, { Resources }: Stack): string {
  const { Type = '', Properties = {} } = Resources[id] ?? {};
  const at = `${region}:${account}`;
  if (Type === 'AWS::DynamoDB::Table') return `arn:aws:dynamodb:${at}:table/${String(Properties.TableName)}`;
  if (Type === 'AWS::SecretsManager::Secret') return `arn:aws:secretsmanager:${at}:secret:${String(Properties.Name)}`;
  if (Type === 'AWS::SNS::Topic') return `arn:aws:sns:${at}:${String(Properties.TopicName)}`;
  return `arn:aws:${Type}:${id}`;
}
