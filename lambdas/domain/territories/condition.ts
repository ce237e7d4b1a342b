import { type Condition as AnyCondition, conditionSchemaOf } from '../condition.ts';
import { type ClientAttribute, clientAttributes } from './client-attributes.ts';

/** A condition over a client. */
export type Condition = AnyCondition<ClientAttribute>;

export const conditionSchema = conditionSchemaOf(clientAttributes);
