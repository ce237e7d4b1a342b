import { pipelineRowSchema, revenueRowSchema } from '../contract/revenue.ts';
import { type Route, sourceOf } from '../route.ts';
import { equal, exportOf, listRoute } from './list-route.ts';

/** More than there are dimensions of one kind. */
const all = 100_000;

const dimensions: Readonly<Record<string, readonly string[]>> = {
  industry: ['industry'],
  geography: ['country', 'state', 'region'],
  segment: ['customer_segment', 'geographic_region'],
};
const everyDimension = Object.values(dimensions).flat();

export const getRevenue: Route = {
  version: () => '',
  answer: (request) => {
    const by = request.parameters.by ?? '';
    const snapshot = request.snapshot();
    const { territories } = request.principal;
    const query = { collection: `revenue_${by}`, filters: [], territories, search: null, sort: null };
    const { rows } = snapshot.list({ ...query, limit: all, after: null });
    if (request.wantsCsv) {
      const measures = Object.keys(revenueRowSchema.shape).filter((name) => !everyDimension.includes(name));
      return { body: exportOf(`revenue-by-${by}`, [...(dimensions[by] ?? []), ...measures], [rows]) };
    }
    return { body: `{"data":[${rows.join(',')}],"source":${JSON.stringify(sourceOf(snapshot))}}` };
  },
};

export const listPipeline = listRoute({
  collection: 'pipeline',
  filters: {
    stage: equal('stage'),
    forecast_category: equal('forecast_category'),
    close_month: equal('close_month'),
    from: (value) => ({ column: 'close_month', from: value }),
    to: (value) => ({ column: 'close_month', to: value }),
  },
  facets: ['stage', 'forecast_category', 'close_month'],
  csv: { name: 'pipeline', row: pipelineRowSchema },
});
