import { z } from 'zod';

const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code like EUR');
const isoDate = z.iso.date();
const rate = z
  .string()
  .regex(/^[0-9]{1,8}(\.[0-9]{1,12})?$/, 'expected a decimal as text, at most 8 digits before and 12 behind the point')
  .refine((text) => /[1-9]/.test(text), { error: 'expected more than 0' });

/** The currency of every amount in silver and gold that does not say otherwise. */
export const lakeCurrency = 'USD';

/** `config/fx.json`: which currency a record is in that does not say so, and rates for want of better ones. */
export const fxConfigSchema = z
  .strictObject({
    $schema: z.string().optional(),
    default_currency: currencyCode.describe('currency of records and lines of which nothing else tells it'),
    country_currency: z
      .record(z.string().min(1), currencyCode)
      .describe('country as written in addresses (upper and lower case alike) -> currency'),
    default_rates: z
      .array(
        z.strictObject({
          date: isoDate.describe('day from which the rates hold, until the next list'),
          source: z.string().min(1).describe('where the rates come from'),
          usd_per_unit: z.record(currencyCode, rate).describe('currency -> US dollars for one unit of it'),
        }),
      )
      .describe('used, with a warning, for currencies that neither the fx_rates files nor the org have rates for'),
  })
  .superRefine((config, context) => {
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const countries = Object.keys(config.country_currency);
    const folded = countries.map((country) => country.trim().toLowerCase());
    for (const [index, country] of folded.entries()) {
      if (folded.indexOf(country) !== index)
        complain(['country_currency', countries[index] ?? ''], 'this country stands twice');
    }
    const dates = config.default_rates.map(({ date }) => date);
    for (const [index, list] of config.default_rates.entries()) {
      if (dates.indexOf(list.date) !== index) complain(['default_rates', index, 'date'], 'this date stands twice');
      if (lakeCurrency in list.usd_per_unit)
        complain(['default_rates', index, 'usd_per_unit'], `${lakeCurrency} needs no rate`);
    }
  });

export type FxConfig = z.infer<typeof fxConfigSchema>;
