import type { Customer } from '../../../../lambdas/api/contract/customer.ts';
import { formatPercent } from '../../format/figures.ts';

type Evidence = Customer['linked_accounts'][number]['evidence'][number];

const titles: Readonly<Record<string, string>> = {
  manual: 'Decision of a person',
  exact_name: 'Same name',
  fuzzy_name: 'Similar name',
  same_parent: 'Common parent',
  shared_contact: 'Common contact',
};

export function ruleTitle(rule: string): string {
  return titles[rule] ?? rule.replaceAll('_', ' ');
}

/** A rule that holds, with its confidence and everything that went in. */
export function evidenceText({ rule, confidence, inputs }: Evidence): string {
  const sure = Number(confidence);
  const certainty = Number.isFinite(sure) ? ` (${formatPercent(sure)})` : '';
  const values = typeof inputs === 'object' && inputs !== null ? Object.entries(inputs) : [];
  const known = values
    .map(([name, value]) => [name.replaceAll('_', ' '), valueText(value)] as const)
    .filter(([, value]) => value !== '');
  const details = known.map(([name, value]) => `${name}: ${value}`).join('; ');
  return `${ruleTitle(rule)}${certainty}${details === '' ? '' : ` – ${details}`}`;
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return value === null || value === undefined ? '' : String(value);
}
