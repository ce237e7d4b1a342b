import { CalendarCheck, CircleDashed, Clock, Hourglass, X } from 'lucide-react';
import type { Recommendation } from './recommendation.ts';
import { StatusBadge } from './status-badge.tsx';

type Status = Recommendation['status'];

export const recommendationStatusNames: Readonly<Record<Status, string>> = {
  open: 'Open',
  pending: 'Pending',
  scheduled: 'Scheduled',
  done: 'Done',
  dismissed: 'Dismissed',
  expired: 'Expired',
};

const looks = {
  open: { tone: 'quiet', icon: CircleDashed },
  pending: { tone: 'warn', icon: Hourglass },
  scheduled: { tone: 'good', icon: CalendarCheck },
  done: { tone: 'good' },
  dismissed: { tone: 'quiet', icon: X },
  expired: { tone: 'quiet', icon: Clock },
} as const;

export function RecommendationBadge({ status }: { readonly status: Status }) {
  return <StatusBadge {...looks[status]}>{recommendationStatusNames[status]}</StatusBadge>;
}
