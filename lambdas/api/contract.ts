import { z } from 'zod';
import { executeRequest, executeResponse } from './contract/actions.ts';
import { customerResponse } from './contract/customer.ts';
import {
  alertsQuery,
  alertsResponse,
  recommendationsQuery,
  recommendationsResponse,
  timelineQuery,
  timelineResponse,
} from './contract/customer-signals.ts';
import { customersQuery, customersResponse } from './contract/customers.ts';
import { healthSchema, meSchema, type Scope } from './contract/health.ts';
import { filesQuery, filesResponse, quarantineQuery, quarantineResponse } from './contract/files.ts';
import { qualityQuery, qualityResponse, runParameters, runResponse, runsQuery, runsResponse } from './contract/runs.ts';
import { lineageResponse, tableParameters, tableResponse, tablesQuery, tablesResponse } from './contract/tables.ts';
import {
  pipelineQuery,
  pipelineResponse,
  revenueParameters,
  revenueQuery,
  revenueResponse,
} from './contract/revenue.ts';
import {
  anomaliesQuery,
  anomaliesResponse,
  salesTeamQuery,
  salesTeamResponse,
  shopperResponse,
  shoppersQuery,
  shoppersResponse,
} from './contract/sales.ts';
import { summaryResponse } from './contract/summary.ts';
import {
  pipelineTotalsParameters,
  pipelineTotalsQuery,
  pipelineTotalsResponse,
  salesTotalsParameters,
  salesTotalsQuery,
  salesTotalsResponse,
  shopperSegmentsQuery,
  shopperSegmentsResponse,
} from './contract/totals.ts';
import {
  advisorsQuery,
  advisorsResponse,
  assignmentChangesQuery,
  assignmentChangesResponse,
  capacityAlertsResponse,
  clientDuplicatesQuery,
  clientDuplicatesResponse,
  clientHistoryResponse,
  clientsQuery,
  clientsResponse,
  territoriesQuery,
  territoriesResponse,
  territoryResponse,
} from './contract/territories.ts';

/** One operation of the API: what it takes, what it gives, and the scope that it needs (null: any login). */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** Path with `:name` for parameters. */
  readonly path: string;
  readonly summary: string;
  readonly scope: Scope | null;
  readonly parameters: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body?: z.ZodObject;
  readonly response: z.ZodType;
  /** Whether `format=csv` gives all rows that match as a file. */
  readonly csv: boolean;
}

const none = z.strictObject({});
const id = z.strictObject({ id: z.string().min(1).max(200) });

function read(
  path: string,
  scope: Scope | null,
  summary: string,
  response: z.ZodType,
  query: z.ZodObject = none,
  parameters: z.ZodObject = path.includes(':id') ? id : none,
): Endpoint {
  return { method: 'GET', path, scope, summary, response, query, parameters, csv: 'format' in query.shape };
}

/** Every endpoint by its operation id. Pages of lists follow `page.next_cursor`; errors are problems (contract/problem.ts). */
export const endpoints = {
  getHealth: read('/api/health', null, 'What is served, how old it is, and how the API fares', healthSchema),
  getMe: read('/api/me', null, 'Who is logged in, and what they may see', meSchema),

  getSummary: read('/api/dashboard/summary', 'customers:read', 'Headline figures', summaryResponse),
  listCustomers: read(
    '/api/customers',
    'customers:read',
    'Search and filter customers',
    customersResponse,
    customersQuery,
  ),
  getCustomer: read('/api/customer/:id', 'customers:read', 'All about one customer', customerResponse),
  listAlerts: read('/api/customer/:id/alerts', 'customers:read', 'Alerts of one customer', alertsResponse, alertsQuery),
  listRecommendations: read(
    '/api/customer/:id/recommendations',
    'customers:read',
    'What to do about one customer',
    recommendationsResponse,
    recommendationsQuery,
  ),
  listTimeline: read(
    '/api/customer/:id/timeline',
    'customers:read',
    'What happened with one customer, newest first',
    timelineResponse,
    timelineQuery,
  ),
  executeAction: {
    method: 'POST',
    path: '/api/actions/:id/execute',
    scope: 'actions:execute',
    summary:
      'Execute a recommendation: a Task in Salesforce. The header Idempotency-Key (1 to 200 characters) makes repeating safe',
    parameters: id,
    query: none,
    body: executeRequest,
    response: executeResponse,
    csv: false,
  } satisfies Endpoint as Endpoint,

  listTerritories: read('/api/territories', 'customers:read', 'Territories', territoriesResponse, territoriesQuery),
  getTerritory: read('/api/territories/:id', 'customers:read', 'One territory with its advisors', territoryResponse),
  listAdvisors: read('/api/advisors', 'customers:read', 'Advisors and their workload', advisorsResponse, advisorsQuery),
  listClients: read('/api/clients', 'customers:read', 'Clients and where they belong', clientsResponse, clientsQuery),
  getClientHistory: read(
    '/api/clients/:id/history',
    'customers:read',
    'Versions, assignments and decisions of one client',
    clientHistoryResponse,
  ),
  listAssignmentChanges: read(
    '/api/assignment-changes',
    'customers:read',
    'What the last run changed in the assignments',
    assignmentChangesResponse,
    assignmentChangesQuery,
  ),
  listCapacityAlerts: read(
    '/api/capacity-alerts',
    'customers:read',
    'Where clients have nobody, or somebody has too many',
    capacityAlertsResponse,
  ),
  listClientDuplicates: read(
    '/api/client-duplicates',
    'customers:read',
    'Pairs of clients who may be the same',
    clientDuplicatesResponse,
    clientDuplicatesQuery,
  ),

  listSalesTeam: read(
    '/api/sales-team',
    'company:read',
    'Salespeople by store and month',
    salesTeamResponse,
    salesTeamQuery,
  ),
  listSalesTotals: read(
    '/api/sales-totals/:by',
    'company:read',
    'Sales of the stores by store or month',
    salesTotalsResponse,
    salesTotalsQuery,
    salesTotalsParameters,
  ),
  listAnomalies: read(
    '/api/anomalies',
    'company:read',
    'Months and transactions far from their own history',
    anomaliesResponse,
    anomaliesQuery,
  ),
  listShoppers: read(
    '/api/sales-customers',
    'company:read',
    'Customers of the stores',
    shoppersResponse,
    shoppersQuery,
  ),
  getShopper: read(
    '/api/sales-customers/:id',
    'company:read',
    'One customer of the stores, month by month',
    shopperResponse,
  ),
  listShopperSegments: read(
    '/api/shopper-segments',
    'company:read',
    'Customers of the stores by segment',
    shopperSegmentsResponse,
    shopperSegmentsQuery,
  ),
  getRevenue: read(
    '/api/revenue/:by',
    'company:read',
    'Revenue by industry, geography or segment',
    revenueResponse,
    revenueQuery,
    revenueParameters,
  ),
  listPipeline: read(
    '/api/pipeline',
    'company:read',
    'Opportunities by stage, forecast category and close month',
    pipelineResponse,
    pipelineQuery,
  ),
  listPipelineTotals: read(
    '/api/pipeline-totals/:by',
    'company:read',
    'Opportunities summed by stage, forecast category or close month',
    pipelineTotalsResponse,
    pipelineTotalsQuery,
    pipelineTotalsParameters,
  ),

  listRuns: read('/api/runs', 'operations:read', 'Runs and their stages', runsResponse, runsQuery),
  getRun: read('/api/runs/:id', 'operations:read', 'One run', runResponse, none, runParameters),
  listTables: read('/api/tables', 'operations:read', 'Tables with age against allowance', tablesResponse, tablesQuery),
  getTable: read(
    '/api/tables/:table',
    'operations:read',
    'One table with its columns',
    tableResponse,
    none,
    tableParameters,
  ),
  getLineage: read(
    '/api/lineage/:table',
    'operations:read',
    'What a table is made from and feeds, one hop',
    lineageResponse,
    none,
    tableParameters,
  ),
  listQuality: read('/api/quality', 'operations:read', 'Quality checks of a run', qualityResponse, qualityQuery),
  listFiles: read('/api/files', 'operations:read', 'Dropped files and their fate', filesResponse, filesQuery),
  listQuarantine: read(
    '/api/quarantine',
    'operations:read',
    'Rows that were set aside, with every reason',
    quarantineResponse,
    quarantineQuery,
  ),
} as const satisfies Readonly<Record<string, Endpoint>>;

export type OperationId = keyof typeof endpoints;
