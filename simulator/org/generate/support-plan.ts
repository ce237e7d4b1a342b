import type { Story } from './story.ts';

/** A support case and its milestones, in days before the last day; negative: after it. */
export interface Ticket {
  readonly openedDaysAgo: number;
  /** null: still open. */
  readonly closedDaysAgo: number | null;
  readonly priority: 'High' | 'Medium' | 'Low';
  readonly escalated: boolean;
  readonly milestones: readonly Milestone[];
}

export interface Milestone {
  readonly targetDaysAgo: number;
  /** null: not completed. */
  readonly completedDaysAgo: number | null;
}

const kept = (targetDaysAgo: number): Milestone => ({ targetDaysAgo, completedDaysAgo: targetDaysAgo + 1 });
const missed = (targetDaysAgo: number): Milestone => ({ targetDaysAgo, completedDaysAgo: targetDaysAgo - 1 });
const waiting = (targetDaysAgo: number): Milestone => ({ targetDaysAgo, completedDaysAgo: null });

function solved(openedDaysAgo: number, ...milestones: readonly Milestone[]): Ticket {
  return { openedDaysAgo, closedDaysAgo: openedDaysAgo - 4, priority: 'Medium', escalated: false, milestones };
}

function unsolved(openedDaysAgo: number, escalated: boolean, ...milestones: readonly Milestone[]): Ticket {
  return { openedDaysAgo, closedDaysAgo: null, priority: 'High', escalated, milestones };
}

/** Ordinary accounts keep every milestone of the last 90 days and have no open escalation. */
export function planTickets(story: Story): readonly Ticket[] {
  const { random, plant } = story;
  switch (plant) {
    case 'churning':
      return [8, 12, 16, 20].map((days, index) => unsolved(days + 4, index < 2, waiting(days)));
    case 'churn-at-70':
      return [true, false, false, false].map((escalated) => unsolved(2, escalated, waiting(-4)));
    case 'breached':
      return [solved(40, missed(38)), solved(20, kept(18))];
    case 'breach-tolerated':
      return [0, 1, 2, 3, 4, 5].map((index) =>
        solved(75 - 10 * index, kept(74 - 10 * index), index === 2 ? missed(73 - 10 * index) : kept(73 - 10 * index)),
      );
    case 'breach-by-time':
      return [{ ...unsolved(20, false, waiting(10)), priority: 'Low' }];
    case 'escalated':
      return [unsolved(2, true, waiting(-4))];
    default:
      break;
  }
  const tickets = Array.from({ length: random.pick([0, 0, 1, 1, 2, 3]) }, () => ordinaryTicket(story));
  if (random.chance(0.12)) {
    tickets.push({
      ...unsolved(2, false, waiting(-random.integer(3, 6))),
      priority: random.pick(['Medium', 'Low'] as const),
    });
  }
  return tickets;
}

function ordinaryTicket({ random }: Story): Ticket {
  // Targets two days later: none is 88 to 92 days ago, where a definition off by a day would count differently.
  const opened = random.chance(0.4) ? random.integer(5, 86) : random.integer(100, 700);
  const target = opened - 2;
  const late = target > 95 && random.chance(0.2);
  const milestones = [late ? missed(target) : kept(target)];
  if (random.chance(0.5)) milestones.push(kept(opened - 1));
  return {
    ...solved(opened, ...milestones),
    priority: random.pick(['High', 'Medium', 'Medium', 'Low'] as const),
    escalated: late && random.chance(0.3),
  };
}
