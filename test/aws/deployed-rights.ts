import { resourceNames } from '../../lambdas/domain/resource-names.ts';
import { covers, type Grant, grantsOfFunctions, isGranted } from '../lib/granted-rights.ts';
import { templates } from '../lib/synthesise.ts';
import type { NeededRight } from './needed-rights.ts';

type Needed = ReadonlyMap<string, ReadonlyMap<string, NeededRight>>;

const account = '123456789012';
const names = resourceNames('dev', account);
const grants = grantsOfFunctions(templates('dev'));

/** What the stacks of `dev` allow each function, set against what the functions of a site were seen to need. */
export class DeployedRights {
  readonly #needed: readonly (readonly [name: string, right: NeededRight])[];

  constructor(needed: Needed) {
    this.#needed = [...needed].flatMap(([name, rights]) =>
      [...rights.values()].map((right) => [name, { ...right, resource: deployed(right.resource) }] as const),
    );
  }

  /** `function: action resource` of everything that a deployed function would be refused. */
  refused(): string[] {
    return this.#needed.flatMap(([name, right]) =>
      isGranted(this.#of(name), right) ? [] : [`${name}: ${right.action} ${right.resource} ${right.prefix ?? ''}`],
    );
  }

  /** `function: action bucket/prefix*` of every right on objects that the function did not need. Listing counts as reading. */
  unusedPrefixes(): string[] {
    return [...new Set(this.#needed.map(([name]) => name))].flatMap((name) =>
      this.#of(name).flatMap(({ actions, resources }) =>
        actions
          .filter((action) => /^s3:(Get|Put|Delete)Object$/.test(action))
          .flatMap((action) =>
            resources
              .filter((resource) => !this.#isUsed(name, action, resource))
              .map(
                (resource) => `${name}: ${action} ${resource.replace(/^arn:aws:s3:::headwater-dev-(.+)-\d{12}/, '$1')}`,
              ),
          ),
      ),
    );
  }

  #isUsed(name: string, action: string, granted: string): boolean {
    return this.#needed.some(([by, { action: done, resource, prefix }]) => {
      if (by !== name) return false;
      if (done === action) return covers(granted, resource);
      return action === 's3:GetObject' && prefix !== undefined && covers(granted, `${resource}/${prefix}`);
    });
  }

  #of(name: string): readonly Grant[] {
    const found = grants.get(name.replaceAll('-', ''));
    if (found === undefined) throw new Error(`The stacks have no role for the function '${name}'.`);
    return found;
  }
}

/** The ARN as the resource is called where it is deployed: sites of tests have names of their own. */
function deployed(resource: string): string {
  const env = (name: string) => process.env[name] ?? '';
  const last = (arn: string) => arn.slice(arn.lastIndexOf(':') + 1);
  return [
    [env('HEADWATER_RAW_BUCKET'), names.rawBucket],
    [env('HEADWATER_LAKE_BUCKET'), names.lakeBucket],
    [env('HEADWATER_LEDGER_TABLE'), names.ledgerTable],
    [env('HEADWATER_ORG_SECRET'), names.orgSecret],
    [env('HEADWATER_WORKGROUP'), names.workgroup],
    [env('HEADWATER_DATABASE_PREFIX'), names.databasePrefix],
    [last(env('HEADWATER_TOPIC_ARN')), names.topic],
    [last(env('HEADWATER_STATE_MACHINE_ARN')), names.stateMachine],
  ].reduce((text, [own = '', name = '']) => (own === '' ? text : text.replaceAll(own, name)), resource);
}
