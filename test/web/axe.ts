import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Rules of WCAG 2.2 A and AA, and the practices that axe knows beyond them. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const GRAVE: readonly (string | null)[] = ['serious', 'critical'];

/** What axe found wrong with a page, with the elements that it concerns. */
export interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly targets: readonly string[];
}

/** Runs axe on the page as it stands. It is evaluated by the browser's own protocol, so the page's policy stays as it is. */
export async function violations(page: Page): Promise<Violation[]> {
  await page.evaluate(axe.source);
  const options = { runOnly: { type: 'tag', values: TAGS }, resultTypes: ['violations'] };
  return page.evaluate<Violation[]>(`axe.run(document, ${JSON.stringify(options)}).then((found) =>
    found.violations.map(({ id, impact, help, nodes }) => ({
      id, impact, help, targets: nodes.map(({ target }) => target.join(' ')),
    })))`);
}

/** The serious and critical ones, a sentence each. */
export async function graveFaults(page: Page): Promise<string[]> {
  const found = await violations(page);
  return found
    .filter(({ impact }) => GRAVE.includes(impact))
    .map(
      ({ id, help, targets }) =>
        `axe ${id}: ${help} (${targets.slice(0, 3).join('; ')}, ${targets.length} in all)`,
    );
}
