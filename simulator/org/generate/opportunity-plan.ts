import type { Random } from '../../random.ts';
import { lostStage, openStages, type Stage, wonStage } from '../shapes/stages.ts';
import { inCurrency } from './exchange-rates.ts';
import type { Range, Segment, Story } from './story.ts';
import { yearsBefore } from './timeline.ts';

/** An opportunity before it becomes records. */
export interface Deal {
  readonly stage: Stage;
  readonly createdDay: number;
  readonly closeDay: number;
  /** In hundredths of the account's currency. */
  readonly amount: number;
}

/** What a deal is worth in US dollars. */
const usdBySegment: Readonly<Record<Segment, Range>> = {
  Enterprise: [50_000, 500_000],
  'Mid-Market': [10_000, 100_000],
  SMB: [2_000, 20_000],
};

/** The account's deals: what its plant demands first, then what its standing makes likely. */
export function planDeals(story: Story, today: number): readonly Deal[] {
  const planned = plannedWins(story, today);
  const others = Array.from({ length: story.opportunities - planned.length }, () => likelyDeal(story, today));
  return [...planned, ...others];
}

function plannedWins(story: Story, today: number): readonly Deal[] {
  const { random, segment, place } = story;
  const base = inCurrency(random.integer(...usdBySegment[segment]), place.currency);
  const win = (daysAgo: number, amount: number): Deal => ({
    stage: wonStage,
    createdDay: today - daysAgo - random.integer(20, 90),
    closeDay: today - daysAgo,
    amount,
  });
  switch (story.plant) {
    case 'growing':
      return [win(500, base), win(100, 2 * base)];
    case 'shrinking':
      return [win(500, 2 * base), win(100, base)];
    case 'first-year':
      return [win(200, base), win(100, base)];
    case 'churning':
    case 'churn-at-70':
      return [win(200, base)];
    default:
      return [];
  }
}

function likelyDeal(story: Story, today: number): Deal {
  const { random, segment, place, createdDay } = story;
  const amount = inCurrency(random.integer(...usdBySegment[segment]), place.currency);
  const stage = likelyStage(story, random);
  if (!stage.isClosed) {
    const begun = random.integer(Math.max(createdDay, today - 250), today);
    const late = begun < today - 40 && random.chance(0.1);
    return {
      stage,
      createdDay: begun,
      closeDay: late ? today - random.integer(1, 30) : today + random.integer(1, 270),
      amount,
    };
  }
  const latest = story.standing === 'former' ? today - 400 : today - 1;
  const begun = random.integer(createdDay, Math.max(createdDay, latest - 20));
  const closed = Math.min(latest, begun + random.integer(10, 160));
  return { stage, createdDay: begun, closeDay: awayFromYearEnds(Math.max(begun, closed), begun, today), amount };
}

function likelyStage({ standing, plant }: Story, random: Random): Stage {
  const luck = random.next();
  if (standing === 'prospect') return luck < 0.35 ? lostStage : random.pick(openStages);
  // Planned revenue must stay as planned.
  const winnable = plant !== 'growing' && plant !== 'shrinking' && plant !== 'first-year';
  if (luck < 0.45) return winnable ? wonStage : lostStage;
  if (luck < 0.7 || standing === 'former') return lostStage;
  return random.pick(openStages);
}

/** Not within two days of the ends of the 12-month periods, where a definition off by a day would count differently. */
function awayFromYearEnds(day: number, earliest: number, today: number): number {
  const near = [1, 2].some((years) => Math.abs(day - yearsBefore(today, years)) <= 2);
  return near ? Math.max(earliest, day - 5) : day;
}
