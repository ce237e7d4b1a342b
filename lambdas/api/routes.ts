import type { OperationId } from './contract.ts';
import type { Route } from './route.ts';
import { getCustomer, listAlerts, listCustomers, listTimeline } from './routes/customers.ts';
import { listFiles, listQuarantine } from './routes/files.ts';
import { getHealth, getMe } from './routes/health.ts';
import { executeAction, listRecommendations } from './routes/recommendations.ts';
import { getRevenue, listPipeline } from './routes/revenue.ts';
import { getRun, listQuality, listRuns } from './routes/runs.ts';
import { getShopper, listAnomalies, listSalesTeam, listShoppers } from './routes/sales.ts';
import { getSummary } from './routes/summary.ts';
import { listPipelineTotals, listSalesTotals, listShopperSegments } from './routes/totals.ts';
import { getLineage, getTable, listTables } from './routes/tables.ts';
import {
  getClientHistory,
  getTerritory,
  listAdvisors,
  listAssignmentChanges,
  listCapacityAlerts,
  listClientDuplicates,
  listClients,
  listTerritories,
} from './routes/territories.ts';

/** What answers each operation of the contract. */
export const routes: Readonly<Record<OperationId, Route>> = {
  getHealth,
  getMe,
  getSummary,
  listCustomers,
  getCustomer,
  listAlerts,
  listRecommendations,
  listTimeline,
  executeAction,
  listTerritories,
  getTerritory,
  listAdvisors,
  listClients,
  getClientHistory,
  listAssignmentChanges,
  listCapacityAlerts,
  listClientDuplicates,
  listSalesTeam,
  listSalesTotals,
  listAnomalies,
  listShoppers,
  getShopper,
  listShopperSegments,
  getRevenue,
  listPipeline,
  listPipelineTotals,
  listRuns,
  getRun,
  listTables,
  getTable,
  getLineage,
  listQuality,
  listFiles,
  listQuarantine,
};
