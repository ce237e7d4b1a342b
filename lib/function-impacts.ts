import type { Consequence } from './constructs/runbook-alarm.ts';
import type { FunctionName } from './stage-rights.ts';

/** Function -> what its failure means for people; the heading of docs/runbook.md is the stage's name. */
export const functionImpacts: Readonly<Record<FunctionName, Consequence>> = {
  'plan-run': { impact: 'Runs do not begin: readers keep the last publication.', runbook: 'plan-run' },
  'extract-object': { impact: 'Records of the org are not read: CRM tables grow old.', runbook: 'extract-object' },
  'collect-files': { impact: 'Dropped files are not taken up: they wait in landing/.', runbook: 'collect-files' },
  'build-layer': { impact: 'Tables are not built: readers keep the last publication.', runbook: 'build-layer' },
  'check-layer': { impact: 'Tables are not judged, so nothing new is published.', runbook: 'check-layer' },
  'publish-run': {
    impact: 'A built run is not made visible: readers keep the last publication.',
    runbook: 'publish-run',
  },
  'archive-files': { impact: 'Processed files stay in landing/; the data is published.', runbook: 'archive-files' },
  'serve-publication': {
    impact: 'The API and the dashboard show an older publication; the data is published.',
    runbook: 'serve-publication',
  },
  'close-run': {
    impact: 'The run is not recorded and nobody is told; its lease runs out after 20 minutes.',
    runbook: 'close-run',
  },
  intake: { impact: 'Dropped files start no run; the next scheduled one takes them up.', runbook: 'intake' },
};
