import type { Page } from '@playwright/test';

/** How a story is looked at once it has come to rest. */
export interface Look {
  name: string;
  dir: 'ltr' | 'rtl';
  theme: 'light' | 'dark';
}

/** Runs every rule of axe, and checks that nothing sticks out sideways. */
export const violationsIn = (page: Page, look: Look): Promise<string[]> =>
  page.evaluate(async ({ dir, theme }) => {
    interface Axe {
      getRules(): { ruleId: string }[];
      run(options: object): Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }>;
    }
    const { documentElement } = document;
    documentElement.dir = dir;
    documentElement.style.colorScheme = theme;
    const { axe } = globalThis as unknown as { axe: Axe };
    // Some are off by default: contrast by level AAA, the size of targets, and what is deprecated.
    const rules = Object.fromEntries(axe.getRules().map(({ ruleId }) => [ruleId, { enabled: true }]));
    const { violations } = await axe.run({ rules, resultTypes: ['violations'] });
    const found = violations.map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html).join(' ')})`,
    );
    return documentElement.scrollWidth > documentElement.clientWidth ? [...found, 'wider than the page'] : found;
  }, look);
