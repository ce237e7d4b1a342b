/**
 * SQL of the fields whose value follows from others and from the org's clock (`:now`, `:today`), over the stored columns: calculated
 * fields, and two that Salesforce itself changes without a word. Such values change without a SystemModstamp.
 */
export const formulas: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Account: {
    Account_Age_Days__c: `date_diff('day', cast("CreatedDate" as date), :today)`,
  },
  Opportunity: {
    ExpectedRevenue: `cast("Amount" * "Probability" * 0.01 as decimal(18, 2))`,
    Days_Open__c: `date_diff('day', cast("CreatedDate" as date), case when "IsClosed" then "CloseDate" else :today end)`,
  },
  Contract: {
    Status: `case when "Status" = 'Activated' and "EndDate" < :today then 'Expired' else "Status" end`,
  },
  CaseMilestone: {
    IsViolated: `coalesce(coalesce("CompletionDate", :now) > "TargetDate", false)`,
  },
};
