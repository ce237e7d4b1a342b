import { WeightedChoice } from '../../weighted-choice.ts';

/** Where a company sits. */
export interface Place {
  readonly country: string;
  readonly region: string;
  readonly currency: string;
  readonly dialCode: string;
  readonly states: readonly string[];
  readonly weight: number;
}

function place(
  region: string,
  country: string,
  currency: string,
  dialCode: string,
  weight: number,
  ...states: readonly string[]
): Place {
  return { country, region, currency, dialCode, states, weight };
}

export const places: readonly Place[] = [
  place('North America', 'United States', 'USD', '+1', 42, 'CA', 'TX', 'NY', 'IL', 'WA', 'MA', 'GA', 'FL', 'OH', 'CO'),
  place('North America', 'Canada', 'CAD', '+1', 7, 'ON', 'QC', 'BC', 'AB'),
  place('Europe', 'United Kingdom', 'GBP', '+44', 9, 'England', 'Scotland', 'Wales'),
  place('Europe', 'Germany', 'EUR', '+49', 9, 'Bayern', 'Berlin', 'Hessen', 'Hamburg'),
  place('Europe', 'France', 'EUR', '+33', 6, 'Île-de-France', 'Occitanie', 'Bretagne'),
  place('Europe', 'Netherlands', 'EUR', '+31', 3, 'Noord-Holland', 'Utrecht'),
  place('Europe', 'Switzerland', 'CHF', '+41', 3, 'Zürich', 'Genève', 'Basel'),
  place('Asia Pacific', 'Japan', 'JPY', '+81', 6, 'Tokyo', 'Osaka', 'Aichi'),
  place('Asia Pacific', 'Australia', 'AUD', '+61', 5, 'NSW', 'VIC', 'QLD'),
  place('Asia Pacific', 'India', 'INR', '+91', 4, 'Karnataka', 'Maharashtra', 'Tamil Nadu'),
  place('Latin America', 'Mexico', 'USD', '+52', 3, 'Jalisco', 'Nuevo León'),
  place('Latin America', 'Brazil', 'USD', '+55', 3, 'São Paulo', 'Paraná'),
];

export const placeChoice: WeightedChoice<Place> = new WeightedChoice(places, ({ weight }) => weight);

/** How companies of a country end their names. */
export const legalForms: Readonly<Record<string, readonly string[]>> = {
  'United States': ['Inc.', 'Inc', 'LLC', 'Corp.', 'Corporation'],
  Canada: ['Inc.', 'Ltd.', 'Limited'],
  'United Kingdom': ['Ltd', 'Limited', 'PLC'],
  Germany: ['GmbH', 'AG', 'GmbH & Co. KG'],
  France: ['SA', 'SAS', 'SARL'],
  Netherlands: ['B.V.', 'N.V.'],
  Switzerland: ['AG', 'GmbH', 'SA'],
  Japan: ['K.K.', 'Co., Ltd.'],
  Australia: ['Pty Ltd', 'Limited'],
  India: ['Pvt. Ltd.', 'Limited'],
  Mexico: ['S.A. de C.V.', 'S. de R.L.'],
  Brazil: ['Ltda.', 'S.A.'],
};
