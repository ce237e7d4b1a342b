import { layerOf, rowsOf, type TableVersion } from '../table.ts';
import type { Collection } from './collection.ts';
import { clients } from './collections/clients.ts';
import { customers } from './collections/customers.ts';
import { quarantineCollection } from './collections/quarantine.ts';
import { recommendations } from './collections/recommendations.ts';
import { revenueByGeography, revenueByIndustry, revenueBySegment, salesPipeline } from './collections/revenue.ts';
import { anomalies, salesTeam, shoppers } from './collections/sales.ts';
import {
  advisors,
  assignmentChanges,
  capacityAlerts,
  clientDuplicates,
  territories,
} from './collections/territories.ts';

/** Everything that the API lists, made from one publication. */
export function servedCollections(tables: readonly TableVersion[]): Collection[] {
  return [
    customers,
    recommendations,
    territories,
    advisors,
    assignmentChanges,
    capacityAlerts,
    clientDuplicates,
    clients,
    salesTeam,
    anomalies,
    shoppers,
    revenueByIndustry,
    revenueByGeography,
    revenueBySegment,
    salesPipeline,
    quarantineCollection(tables.filter((version) => layerOf(version.table) === 'quarantine' && rowsOf(version) > 0)),
  ];
}
