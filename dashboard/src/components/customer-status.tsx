import { formatPoints } from '../format/figures.ts';
import { StatusBadge, type Tone } from './status-badge.tsx';

const healthTones: Readonly<Record<string, Tone>> = { Healthy: 'good', 'At-Risk': 'warn', Critical: 'bad' };
const churnTones: Readonly<Record<string, Tone>> = { LOW: 'good', MEDIUM: 'warn', HIGH: 'bad' };
const severityTones: Readonly<Record<string, Tone>> = { HIGH: 'bad', MEDIUM: 'warn' };
const churnNames: Readonly<Record<string, string>> = { LOW: 'Low', MEDIUM: 'Medium', HIGH: 'High' };

export const healthTone = (status: string): Tone => healthTones[status] ?? 'quiet';
export const churnTone = (level: string): Tone => churnTones[level] ?? 'quiet';
export const severityTone = (severity: string): Tone => severityTones[severity] ?? 'quiet';
export const churnName = (level: string): string => churnNames[level] ?? level;

interface ScoreProps {
  readonly score: number | null;
  readonly name: string;
}

/** Health status with its score. */
export function HealthBadge({ score, name }: ScoreProps) {
  return (
    <StatusBadge tone={healthTone(name)}>
      {name}
      {score === null ? null : <span className="tabular-nums">{formatPoints(score)}</span>}
    </StatusBadge>
  );
}

/** Churn level with its score. */
export function ChurnBadge({ score, name }: ScoreProps) {
  return (
    <StatusBadge tone={churnTone(name)}>
      {churnName(name)}
      {score === null ? null : <span className="tabular-nums">{formatPoints(score)}</span>}
    </StatusBadge>
  );
}

export function SeverityBadge({ severity }: { readonly severity: string }) {
  return <StatusBadge tone={severityTone(severity)}>{churnName(severity)}</StatusBadge>;
}
