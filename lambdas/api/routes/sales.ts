import { z } from 'zod';
import { anomalySchema, salesTeamRowSchema, shopperRowSchema } from '../contract/sales.ts';
import { ApiProblem } from '../http/problems.ts';
import { type Route, sourceOf } from '../route.ts';
import { anyOf, equal, listRoute, yesNo } from './list-route.ts';

export const listSalesTeam = listRoute({
  collection: 'sales_team',
  filters: {
    store: equal('store_id'),
    month: equal('sales_month'),
    sales_person_id: equal('sales_person_id'),
    rank: equal('top_performance_rank'),
  },
  facets: ['store_id', 'sales_month'],
  csv: { name: 'sales-team', row: salesTeamRowSchema },
});

export const listAnomalies = listRoute({
  collection: 'anomaly',
  filters: {
    type: anyOf('anomaly_type'),
    store: equal('store_id'),
    month: equal('sales_month'),
    customer_id: equal('customer_id'),
    sales_person_id: equal('sales_person_id'),
  },
  facets: ['anomaly_type', 'store_id', 'sales_month'],
  csv: { name: 'anomalies', row: anomalySchema },
});

export const listShoppers = listRoute({
  collection: 'shopper',
  filters: {
    customer_segment: anyOf('customer_segment'),
    inactive: yesNo('inactive_status'),
    high_value: yesNo('is_high_value'),
  },
  facets: ['customer_segment'],
  csv: { name: 'sales-customers', row: shopperRowSchema },
});

const monthsSchema = z.array(z.tuple([z.string(), z.number()]));

export const getShopper: Route = {
  version: () => '',
  answer: (request) => {
    const id = request.parameters.id ?? '';
    const snapshot = request.snapshot();
    const { territories } = request.principal;
    const row = snapshot.get('shopper', id, 'row', territories);
    if (row === null) throw new ApiProblem('not-found', 'There is no such customer of the stores.');
    const months = monthsSchema
      .parse(JSON.parse(snapshot.get('shopper', id, 'months', territories) ?? '[]'))
      .map(([sales_date_month, total_sales]) => ({ sales_date_month, total_sales }));
    return { body: JSON.stringify({ shopper: JSON.parse(row) as unknown, months, source: sourceOf(snapshot) }) };
  },
};
