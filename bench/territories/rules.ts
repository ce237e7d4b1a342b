import { readFile } from 'node:fs/promises';

/** The project's `config/territories.json` with so many rules of every kind over clients' attributes. */
export async function territoriesWithRules(count: number): Promise<object> {
  const project = JSON.parse(
    await readFile(new URL('../../config/territories.json', import.meta.url), 'utf8'),
  ) as object;
  const rules = Array.from({ length: count }, (_, index) => ({
    version: 1,
    description: `rule ${index} of the bench`,
    ...kinds[index % kinds.length]?.(String(index).padStart(3, '0')),
  }));
  return { ...project, $schema: undefined, rules };
}

const kinds: readonly ((number: string) => object)[] = [
  (number) => ({
    id: `W${number}`,
    kind: 'whitelist',
    condition: { attribute: 'client_key', operator: 'in', value: [`CL-${number}001`, `CL-${number}002`] },
    effect: { territory: { region: 'West', segment: 'Institutional' } },
  }),
  (number) => ({
    id: `B${number}`,
    kind: 'blacklist',
    condition: { attribute: 'client_name', operator: 'starts_with', value: `Name ${number}` },
    effect: { territory: { region: 'West' } },
  }),
  (number) => ({
    id: `T${number}`,
    kind: 'tier',
    condition: { attribute: 'annual_revenue', operator: 'at_least', value: 50_000_000 + Number(number) },
    effect: { territory: { segment: 'Institutional' } },
  }),
  (number) => ({
    id: `C${number}`,
    kind: 'custom',
    priority: 60,
    condition: {
      all: [
        { attribute: 'region', operator: 'equals', value: 'Northeast' },
        { attribute: 'client_name', operator: 'starts_with', value: String.fromCharCode(65 + (Number(number) % 26)) },
        { not: { attribute: 'segment', operator: 'in', value: ['Retail', 'Institutional'] } },
      ],
    },
    effect: { secondary: [{ territory: { region: 'Northwest' } }] },
  }),
];
