import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { describeAccessibility } from './accessibility.ts';
import { describeAddresses } from './addresses.ts';
import { describeBudgets } from './budgets.ts';
import { openChromium } from './chromium.ts';
import { type DashboardHome, dashboardHome } from './dashboard-home.ts';
import { describeFailures } from './failures.ts';
import { describeHostileNames } from './hostile-names.ts';
import { describeLogin } from './login.ts';
import { describeNewerData } from './newer-data.ts';
import { describeOperations } from './operations.ts';
import { describePaper } from './paper.ts';
import { describeSales } from './sales.ts';
import { describeSearchAndSchedule } from './search-and-schedule.ts';
import { describeTerritories } from './territories.ts';
import { type View, viewsOf } from './views.ts';

/** One lake and one browser for all. */
describe('the dashboard in a browser', () => {
  let home: DashboardHome;
  let browser: Browser;
  let views: readonly View[];
  beforeAll(async () => {
    // The browser first: when it is missing, nobody waits for a lake.
    browser = await openChromium();
    home = await dashboardHome();
    views = await viewsOf(home);
  });
  afterAll(async () => {
    await browser?.close();
    await home?.dispose();
  });
  const homeOf = () => home;
  const browserOf = () => browser;
  const viewsNow = () => views;

  describeBudgets();
  describeAccessibility(homeOf, browserOf, viewsNow);
  describeAddresses(homeOf, browserOf);
  describeHostileNames(homeOf, browserOf);
  describePaper(homeOf, browserOf);
  describeFailures(homeOf, browserOf);
  describeLogin(homeOf, browserOf);
  describeSearchAndSchedule(homeOf, browserOf);
  describeTerritories(homeOf, browserOf);
  describeOperations(homeOf, browserOf);
  describeSales(homeOf, browserOf);
  describeNewerData(homeOf, browserOf);
});
