import type { TableName } from '../domain/table.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';

/** Figures of what readers see, for a dashboard; each only where its table is published and has rows. */
export interface HeadlineFigures {
  readonly customers?: number;
  readonly highRiskCustomers?: number;
  /** 0 to 100. */
  readonly averageHealth?: number;
  /** Percent of the recommendations that were sent, scheduled or done. */
  readonly executionRate?: number;
  /** Hours since the run began whose tables readers see. */
  readonly publicationAgeHours?: number;
}

const hourMilliseconds = 3_600_000;

export async function headlineFigures(ports: PipelinePorts, signal?: AbortSignal): Promise<HeadlineFigures> {
  const { current } = await ports.catalog.pointer();
  if (current === null) return {};
  const { tables, createdAt } = await ports.catalog.load(current);
  const counted = async (table: TableName, columns: string): Promise<(number | null)[]> => {
    const version = tables.find((one) => one.table === table);
    if (version === undefined) return [];
    const query = { sql: `select ${columns} from ${table}`, tables: [version] };
    const { rows } = await ports.engine.query(query, signal);
    return (rows[0] ?? []).map((value) => (value === null ? null : Number(value)));
  };
  const [customers, highRisk, health, scored] = await counted(
    'gold.customer_360_metrics',
    "count(*), count(case when churn_risk_level = 'HIGH' then 1 end), sum(health_score), count(health_score)",
  );
  const [raised, executed] = await counted(
    'gold.recommendation',
    "count(*), count(case when status in ('pending', 'scheduled', 'done') then 1 end)",
  );
  return {
    publicationAgeHours: (ports.now().getTime() - Date.parse(createdAt)) / hourMilliseconds,
    ...(customers ? { customers, highRiskCustomers: highRisk ?? 0 } : {}),
    ...(scored ? { averageHealth: (health ?? 0) / scored } : {}),
    ...(raised ? { executionRate: (100 * (executed ?? 0)) / raised } : {}),
  };
}
