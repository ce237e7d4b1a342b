import type { CodeModel } from './code-model.ts';
import { accountLinksModel } from './linking/account-links-model.ts';
import { accountNamesModel } from './linking/account-names-model.ts';
import { clientDuplicatesModel } from './territories/client-duplicates-model.ts';
import { clientHistoryModel } from './territories/client-history-model.ts';
import { territoryStarModel } from './territories/territory-star-model.ts';

/** All there are; the `.yml` of each table that one makes names it as `code`. */
export const codeModels: readonly CodeModel[] = [
  clientHistoryModel,
  territoryStarModel,
  clientDuplicatesModel,
  accountNamesModel,
  accountLinksModel,
];
