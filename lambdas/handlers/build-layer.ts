import { stageHandler } from './stage.ts';

export const handler = stageHandler('build-layer');
