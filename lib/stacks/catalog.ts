import { Stack, type StackProps } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase } from 'aws-cdk-lib/aws-glue';
import type { Construct } from 'constructs';
import {
  buildDatabaseName,
  databaseLayers,
  databaseName,
  type ResourceNames,
} from '../../lambdas/domain/resource-names.ts';
import type { EnvironmentConfig } from '../config.ts';
import { AnalystsRole } from '../constructs/analysts-role.ts';
import type { LakeStack } from './lake.ts';

export interface CatalogStackProps extends StackProps {
  readonly config: EnvironmentConfig;
  readonly names: ResourceNames;
  readonly lake: LakeStack;
}

const bytesOfGigabyte = 1_000_000_000;

/** What Athena needs: a database for each layer, the workgroup, and the role of analysts. Tables and views come with publications. */
export class CatalogStack extends Stack {
  readonly workgroup: CfnWorkGroup;

  constructor(scope: Construct, id: string, { config, names, lake, ...props }: CatalogStackProps) {
    super(scope, id, props);
    for (const layer of databaseLayers) {
      new CfnDatabase(this, `Database-${layer}`, {
        catalogId: this.account,
        databaseInput: { name: databaseName(names, layer), description: descriptions[layer] },
      });
    }
    new CfnDatabase(this, 'Database-build', {
      catalogId: this.account,
      databaseInput: {
        name: buildDatabaseName(names),
        description: 'What the Athena engine reads while a run builds: slices, by the columns that they have',
      },
    });
    this.workgroup = new CfnWorkGroup(this, 'Workgroup', {
      name: names.workgroup,
      description: 'Queries over the lake, encrypted and with a limit on what one may scan',
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: Math.round(config.queryScanLimitGigabytes * bytesOfGigabyte),
        requesterPaysEnabled: false,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${names.resultsBucket}/`,
          expectedBucketOwner: this.account,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: lake.dataKey.keyArn },
        },
      },
    });
    new AnalystsRole(this, 'Analysts', { names, dataKey: lake.dataKey });
  }
}

const descriptions = {
  bronze: 'As it came, with its source',
  silver: 'Typed, latest version, amounts in USD',
  gold: 'Marts, CRM, territories and the Customer 360',
  analytics: 'Gold with personal data masked: what analysts read',
  ops: 'Runs, files and quality of the pipeline',
};
