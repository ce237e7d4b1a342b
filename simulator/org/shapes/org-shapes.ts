import type { ObjectShape } from '../object-shape.ts';
import { account, contact } from './customers.ts';
import { currencyType, datedConversionRate, user } from './organisation.ts';
import { opportunity, opportunityHistory, opportunityLineItem, product } from './selling.ts';
import { caseMilestone, event, supportCase, task } from './service.ts';
import { asset, contract, invoice, usage } from './subscriptions.ts';

/** Every object of the simulated org. */
export const orgShapes: readonly ObjectShape[] = [
  account,
  contact,
  opportunity,
  opportunityLineItem,
  opportunityHistory,
  product,
  user,
  supportCase,
  caseMilestone,
  contract,
  asset,
  task,
  event,
  invoice,
  usage,
  currencyType,
  datedConversionRate,
];
