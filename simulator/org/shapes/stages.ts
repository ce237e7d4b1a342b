/** What a stage decides about an opportunity. */
export interface Stage {
  readonly name: string;
  readonly isClosed: boolean;
  readonly isWon: boolean;
  /** Percent; the default that the org sets on entering the stage. */
  readonly probability: number;
  readonly forecastCategory: string;
}

/** The stages of Salesforce's standard sales process, in order. */
export const stages: readonly Stage[] = [
  stage('Prospecting', 10, 'Pipeline'),
  stage('Qualification', 10, 'Pipeline'),
  stage('Needs Analysis', 20, 'Pipeline'),
  stage('Value Proposition', 50, 'Pipeline'),
  stage('Id. Decision Makers', 60, 'Pipeline'),
  stage('Perception Analysis', 70, 'BestCase'),
  stage('Proposal/Price Quote', 75, 'BestCase'),
  stage('Negotiation/Review', 90, 'Forecast'),
  { name: 'Closed Won', isClosed: true, isWon: true, probability: 100, forecastCategory: 'Closed' },
  { name: 'Closed Lost', isClosed: true, isWon: false, probability: 0, forecastCategory: 'Omitted' },
];

export const openStages: readonly Stage[] = stages.filter(({ isClosed }) => !isClosed);
export const wonStage: Stage = stageNamed('Closed Won');
export const lostStage: Stage = stageNamed('Closed Lost');

function stage(name: string, probability: number, forecastCategory: string): Stage {
  return { name, isClosed: false, isWon: false, probability, forecastCategory };
}

/** Throws a RangeError for a name that the sales process does not have. */
export function stageNamed(name: string): Stage {
  const found = stages.find((candidate) => candidate.name === name);
  if (found === undefined) throw new RangeError(`stage: expected one of ${stages.map((s) => s.name)}, got '${name}'`);
  return found;
}
