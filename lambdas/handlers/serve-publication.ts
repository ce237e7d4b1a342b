import { stageHandler } from './stage.ts';

export const handler = stageHandler('serve-publication');
