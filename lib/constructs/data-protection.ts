import { RemovalPolicy } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** `cdk deploy -c allow-data-deletion=true`: the second key. */
export const deletionSwitch = 'allow-data-deletion';

/**
 * True when data may go away with its stack. It takes two keys: the environment says `dataDeletable`, and whoever deploys gives the
 * switch. One alone changes nothing.
 */
export function mayDeleteData(scope: IConstruct, dataDeletable: boolean): boolean {
  const given: unknown = scope.node.tryGetContext(deletionSwitch);
  return dataDeletable && (given === true || given === 'true');
}

export function dataRemovalPolicy(scope: IConstruct, dataDeletable: boolean): RemovalPolicy {
  return mayDeleteData(scope, dataDeletable) ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
}
