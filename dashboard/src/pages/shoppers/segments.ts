import { Crown, Sparkles, TriangleAlert, UserRound } from 'lucide-react';

/** Segments of the stores' customers: the word, how it is drawn, and what it means. */
export const segments = {
  Premium: {
    tone: 'good',
    icon: Crown,
    meaning: 'Bought often, or for much at a time, as configured; the last purchase is at most 90 days ago.',
  },
  Regular: {
    tone: 'quiet',
    icon: UserRound,
    meaning: 'Bought repeatedly, as configured; the last purchase is at most 90 days ago.',
  },
  New: { tone: 'quiet', icon: Sparkles, meaning: 'Bought once; the last purchase is at most 90 days ago.' },
  'At-Risk': { tone: 'warn', icon: TriangleAlert, meaning: 'The last purchase was more than 90 days ago.' },
} as const;
