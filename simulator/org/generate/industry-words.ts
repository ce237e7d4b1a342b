/** What companies of an industry call their trade; at most eight letters, see company-names.ts. */
export const industryWords: Readonly<Record<string, readonly string[]>> = {
  Agriculture: ['Farms', 'Growers', 'Seeds'],
  Banking: ['Bank', 'Capital', 'Credit'],
  Biotechnology: ['Biotech', 'Genomics', 'Labs'],
  Construction: ['Builders', 'Homes', 'Concrete'],
  Consulting: ['Advisors', 'Partners', 'Strategy'],
  Education: ['Learning', 'Academy', 'Schools'],
  Energy: ['Energy', 'Power', 'Solar'],
  Engineering: ['Works', 'Design', 'Systems'],
  Healthcare: ['Health', 'Clinics', 'Medical'],
  Insurance: ['Mutual', 'Cover', 'Trust'],
  Manufacturing: ['Tools', 'Machines', 'Foundry'],
  Media: ['Media', 'Press', 'Studios'],
  Retail: ['Stores', 'Markets', 'Outlet'],
  Technology: ['Software', 'Cloud', 'Digital'],
  Telecommunications: ['Telecom', 'Networks', 'Mobile'],
  Transportation: ['Freight', 'Shipping', 'Haulage'],
};
