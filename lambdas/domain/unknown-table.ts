import { QueryError } from './errors.ts';
import { LevenshteinMeter } from './linking/levenshtein.ts';

/** Letters that may differ in a name that is meant all the same. */
const mostTypos = 4;
const mostGuesses = 5;

/**
 * The error for a name that no table has. Its advice is what may have been meant (a name with few other letters, the same name in another
 * layer), else the tables of the layer, else the layers: whatever helps in one line or a few.
 */
export function unknownTable(name: string, known: Iterable<string>): QueryError {
  return new QueryError(`Unknown table '${name}'.`, { advice: meantTable(name, known) });
}

/** The advice alone, a sentence or two. */
export function meantTable(wrong: string, known: Iterable<string>): string {
  const name = wrong.toLowerCase();
  const names = [...new Set(known)].toSorted();
  const [layer = '', table] = name.includes('.') ? name.split('.', 2) : ['', name];
  const meter = new LevenshteinMeter();
  const guesses = names
    .map((one) => ({
      one,
      letters: meter.distance(name, layer === '' ? afterLayer(one) : one, mostTypos),
      sameTable: afterLayer(one) === table,
    }))
    .filter(({ letters, sameTable }) => letters <= mostTypos || sameTable)
    .toSorted((a, b) => a.letters - b.letters)
    .slice(0, mostGuesses);
  if (guesses.length > 0) return `Did you mean ${guesses.map(({ one }) => one).join(' or ')}?`;
  const ofLayer = names.filter((one) => one.startsWith(`${layer}.`));
  if (ofLayer.length > 0) return `Tables of ${layer}: ${ofLayer.map(afterLayer).join(', ')}.`;
  const layers = [...new Set(names.map((one) => one.split('.', 1)[0]))];
  return `A name is <layer>.<table>, the layers are ${layers.join(', ')}; \`headwater status\` lists the tables.`;
}

function afterLayer(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}
