import type { Random } from '../../random.ts';
import { salesforceId } from '../salesforce-id.ts';
import { productFamilies } from '../shapes/picklists.ts';
import { product as shape } from '../shapes/selling.ts';

/** A product of the org's catalogue. */
export interface Product {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly family: string;
  /** List price in whole US dollars. */
  readonly price: number;
  readonly isActive: boolean;
}

const editions = ['Starter', 'Team', 'Business', 'Enterprise'];
const lines = ['Core', 'Insight', 'Flow'];

/** Families × lines × editions: 60 products, the last edition of each line retired in one family. */
export function makeCatalogue(random: Random): readonly Product[] {
  const products: Product[] = [];
  for (const family of productFamilies) {
    for (const line of lines) {
      for (const [step, edition] of editions.entries()) {
        const number = products.length;
        products.push({
          id: salesforceId(shape.keyPrefix, number),
          name: `${family} ${line} ${edition}`,
          code: `${family.slice(0, 3).toUpperCase()}-${line.slice(0, 2).toUpperCase()}-${step + 1}0${number % 10}`,
          family,
          price: 200 * 3 ** step + 10 * random.integer(0, 20),
          isActive: !(family === 'Support' && edition === 'Starter'),
        });
      }
    }
  }
  return products;
}
