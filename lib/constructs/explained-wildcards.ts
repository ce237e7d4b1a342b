import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Why a permission has a wildcard: cdk-nag's name of the finding -> reason. Whatever is not listed fails the synthesis. */
export function explainWildcards(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  for (const [finding, reason] of Object.entries(reasons)) {
    Validations.of(construct).acknowledge({ id: `AwsSolutions-IAM5[${finding}]`, reason });
  }
}
