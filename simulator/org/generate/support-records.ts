import { caseMilestone as milestoneShape, supportCase as caseShape } from '../shapes/service.ts';
import { audit } from './audit.ts';
import { type Milestone, planTickets, type Ticket } from './support-plan.ts';
import type { Story } from './story.ts';
import { at, momentOf } from './timeline.ts';
import { nextId, type OrgWorld } from './world.ts';

export interface SupportFacts {
  readonly milestonesDue: number;
  readonly milestonesViolated: number;
  readonly backlogWeight: number;
  readonly openEscalated: number;
}

const weights = { High: 3, Medium: 2, Low: 1 };

export function addCases(world: OrgWorld, story: Story, contactIds: readonly string[]): SupportFacts {
  const tickets = planTickets(story);
  for (const ticket of tickets) addCase(world, story, ticket, contactIds);
  const due = tickets
    .flatMap(({ milestones }) => milestones)
    .filter(({ targetDaysAgo }) => targetDaysAgo >= 0 && targetDaysAgo < 90);
  const open = tickets.filter(({ closedDaysAgo }) => closedDaysAgo === null);
  return {
    milestonesDue: due.length,
    milestonesViolated: due.filter(isViolated).length,
    backlogWeight: open.reduce((sum, { priority }) => sum + weights[priority], 0),
    openEscalated: open.filter(({ escalated }) => escalated).length,
  };
}

function isViolated({ targetDaysAgo, completedDaysAgo }: Milestone): boolean {
  return completedDaysAgo === null ? targetDaysAgo > 0 : completedDaysAgo < targetDaysAgo;
}

function addCase(world: OrgWorld, story: Story, ticket: Ticket, contactIds: readonly string[]): void {
  const { files, today, users } = world;
  const { random, place } = story;
  const id = nextId(files, 'Case', caseShape.keyPrefix);
  const agent = random.pick(users.agents);
  const openedDay = today - ticket.openedDaysAgo;
  const created = momentOf(openedDay, random);
  const closed = ticket.closedDaysAgo === null ? null : momentOf(today - ticket.closedDaysAgo, random);
  const type = random.pick(['Question', 'Problem', 'Feature Request']);
  files.add('Case', {
    Id: id,
    CaseNumber: String(files.count('Case') + 1).padStart(8, '0'),
    AccountId: story.id,
    ContactId: random.pick(contactIds),
    Type: type,
    Status: closed !== null ? 'Closed' : ticket.escalated ? 'Escalated' : random.pick(['New', 'Working']),
    Origin: random.pick(['Email', 'Phone', 'Web']),
    Priority: ticket.priority,
    Subject: `${type}: ${random.pick(['login fails', 'slow export', 'wrong invoice', 'new user', 'API limit', 'setup'])}`,
    Description: random.chance(0.3) ? 'Dear support,\nplease have a look.\nThank you' : null,
    IsClosed: closed !== null,
    ClosedDate: closed,
    IsEscalated: ticket.escalated,
    CurrencyIsoCode: place.currency,
    OwnerId: agent,
    ...audit(created, closed ?? created, agent),
  });
  for (const milestone of ticket.milestones) addMilestone(world, id, created, milestone, agent);
}

/** The stored IsViolated says what was known at the last change; the org's formula knows better. */
function addMilestone(
  { files, today }: OrgWorld,
  caseId: string,
  created: number,
  milestone: Milestone,
  agent: string,
): void {
  const target = at(today - milestone.targetDaysAgo, 20);
  const { completedDaysAgo } = milestone;
  const completion = completedDaysAgo === null ? null : Math.max(created, at(today - completedDaysAgo, 19));
  files.add('CaseMilestone', {
    Id: nextId(files, 'CaseMilestone', milestoneShape.keyPrefix),
    CaseId: caseId,
    StartDate: created,
    TargetDate: target,
    CompletionDate: completion,
    TargetResponseInMins: Math.round((target - created) / 60),
    IsCompleted: completion !== null,
    IsViolated: completion !== null && completion > target,
    ...audit(created, completion ?? created, agent),
  });
}
