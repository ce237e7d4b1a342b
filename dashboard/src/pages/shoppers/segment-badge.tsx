import { StatusBadge } from '../../components/status-badge.tsx';
import { segments } from './segments.ts';

export function SegmentBadge({ segment }: { readonly segment: keyof typeof segments }) {
  const { tone, icon } = segments[segment];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {segment}
    </StatusBadge>
  );
}
