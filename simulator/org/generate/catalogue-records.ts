import { audit } from './audit.ts';
import type { OrgWorld } from './world.ts';

export function addCatalogue({ files, products, users, today }: OrgWorld): void {
  const created = (today - 1_500) * 86_400 + 8 * 3_600;
  for (const { id, name, code, family, isActive } of products) {
    files.add('Product2', {
      Id: id,
      Name: name,
      ProductCode: code,
      Family: family,
      Description: `${name}, sold per seat`,
      IsActive: isActive,
      CurrencyIsoCode: 'USD',
      ...audit(created, isActive ? created : created + 700 * 86_400, users.integration),
    });
  }
}
