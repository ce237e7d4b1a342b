import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { ledgerListingIndex } from '../../lambdas/domain/resource-names.ts';
import { dataRemovalPolicy, mayDeleteData } from './data-protection.ts';

export interface LedgerTableProps {
  readonly name: string;
  readonly key: IKey;
  readonly dataDeletable: boolean;
}

/** The ledger: one table for runs, files, cursors, leases and actions. It can be restored to any second of the last 35 days. */
export class LedgerTable extends Table {
  constructor(scope: Construct, id: string, props: LedgerTableProps) {
    super(scope, id, {
      tableName: props.name,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      timeToLiveAttribute: 'ttl',
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: !mayDeleteData(scope, props.dataDeletable),
      removalPolicy: dataRemovalPolicy(scope, props.dataDeletable),
    });
    this.addGlobalSecondaryIndex({
      indexName: ledgerListingIndex,
      partitionKey: { name: 'listing', type: AttributeType.STRING },
      sortKey: { name: 'listed_at', type: AttributeType.STRING },
    });
  }
}
