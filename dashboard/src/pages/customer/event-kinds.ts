import {
  Activity,
  BadgeDollarSign,
  Bell,
  FileClock,
  Headset,
  type LucideIcon,
  MessagesSquare,
  Receipt,
} from 'lucide-react';
import type { Timeline } from '../../../../lambdas/api/contract/customer-signals.ts';

interface EventKind {
  readonly kind: Timeline['data'][number]['event_type'];
  readonly title: string;
  readonly icon: LucideIcon;
}

export const eventKinds: readonly EventKind[] = [
  { kind: 'DEAL', title: 'Deals', icon: BadgeDollarSign },
  { kind: 'RENEWAL', title: 'Renewals', icon: FileClock },
  { kind: 'SUPPORT', title: 'Support', icon: Headset },
  { kind: 'BILLING', title: 'Billing', icon: Receipt },
  { kind: 'USAGE', title: 'Usage', icon: Activity },
  { kind: 'ACTIVITY', title: 'Activities', icon: MessagesSquare },
  { kind: 'ALERT', title: 'Alerts', icon: Bell },
];
