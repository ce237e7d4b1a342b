import { stageHandler } from './stage.ts';

export const handler = stageHandler('publish-run');
