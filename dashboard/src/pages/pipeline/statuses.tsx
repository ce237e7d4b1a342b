import { Ban, CircleSlash, Copy, Equal, Eye, Hourglass, Pause } from 'lucide-react';
import type { Files } from '../../../../lambdas/api/contract/files.ts';
import type { Quality, RunRow } from '../../../../lambdas/api/contract/runs.ts';
import { StatusBadge } from '../../components/status-badge.tsx';

const runLooks = {
  RUNNING: { word: 'Running', tone: 'quiet', icon: Hourglass },
  PUBLISHED: { word: 'Published', tone: 'good' },
  UNCHANGED: { word: 'Nothing new', tone: 'good', icon: Equal },
  HALTED: { word: 'Halted', tone: 'bad', icon: Ban },
  FAILED: { word: 'Failed', tone: 'bad' },
  INTERRUPTED: { word: 'Interrupted', tone: 'warn', icon: Pause },
} as const;

export const runWord = (status: RunRow['status']): string => runLooks[status].word;

export function RunBadge({ status }: { readonly status: RunRow['status'] }) {
  const { word, ...look } = runLooks[status];
  return <StatusBadge {...look}>{word}</StatusBadge>;
}

/** On the run whose publication is served now. */
export function CurrentBadge() {
  return (
    <StatusBadge tone="quiet" icon={Eye}>
      Readers see it
    </StatusBadge>
  );
}

type Check = Quality['data'][number];

/** What a failed check of a severity does. */
export const severityMeanings: Readonly<Record<Check['severity'], string>> = {
  warn: 'warns',
  quarantine: 'sets rows aside',
  halt: 'halts the run',
};

/** Whether a check passed, and what it means where it did not. */
export function CheckBadge({ check }: { readonly check: Pick<Check, 'passed' | 'severity'> }) {
  if (check.passed) return <StatusBadge tone="good">Passed</StatusBadge>;
  if (check.severity === 'halt') {
    return (
      <StatusBadge tone="bad" icon={Ban}>
        Halted
      </StatusBadge>
    );
  }
  return <StatusBadge tone="warn">{check.severity === 'quarantine' ? 'Rows set aside' : 'Warning'}</StatusBadge>;
}

const fileLooks = {
  RECEIVED: { word: 'Received', tone: 'quiet', icon: Hourglass },
  COLLECTED: { word: 'Collected', tone: 'quiet', icon: Hourglass },
  PROCESSED: { word: 'Processed', tone: 'good' },
  REJECTED: { word: 'Rejected', tone: 'bad', icon: CircleSlash },
  DUPLICATE: { word: 'Duplicate', tone: 'warn', icon: Copy },
} as const;

export function FileBadge({ status }: { readonly status: Files['data'][number]['status'] }) {
  const { word, ...look } = fileLooks[status];
  return <StatusBadge {...look}>{word}</StatusBadge>;
}
