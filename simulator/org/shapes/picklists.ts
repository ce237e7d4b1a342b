/** ISO codes of the org's currencies; the first is the corporate one. */
export const currencyCodes = ['USD', 'EUR', 'GBP', 'CAD', 'AUD', 'JPY', 'CHF', 'INR'] as const;

export const industries = [
  'Agriculture',
  'Banking',
  'Biotechnology',
  'Construction',
  'Consulting',
  'Education',
  'Energy',
  'Engineering',
  'Healthcare',
  'Insurance',
  'Manufacturing',
  'Media',
  'Retail',
  'Technology',
  'Telecommunications',
  'Transportation',
] as const;

export const segments = ['Enterprise', 'Mid-Market', 'SMB'] as const;

export const regions = ['North America', 'Europe', 'Asia Pacific', 'Latin America'] as const;

export const leadSources = [
  'Web',
  'Partner Referral',
  'Trade Show',
  'Phone Inquiry',
  'Purchased List',
  'Other',
] as const;

export const forecastCategories = ['Omitted', 'Pipeline', 'BestCase', 'MostLikely', 'Forecast', 'Closed'] as const;

export const contractStatuses = ['Draft', 'In Approval Process', 'Activated', 'Expired'] as const;

export const assetStatuses = ['Shipped', 'Installed', 'Registered', 'Obsolete', 'Purchased'] as const;

export const billingFrequencies = ['week', 'month', 'year'] as const;

export const invoiceStatuses = ['Draft', 'Posted', 'Paid', 'Void'] as const;

export const productFamilies = ['Platform', 'Analytics', 'Integration', 'Security', 'Support'] as const;
