import { documentedOperations, filledIn } from '../../../apps/api/test/kit/documented-operations.js';
import type { Stack } from '../../../apps/cli/src/up/stack.js';
import { waitUntil } from '../../../apps/cli/src/up/wait-until.js';
import { ask } from './api.js';

/** Answers by the name of what was asked, as the api writes them. */
export type Answers = Readonly<Record<string, string>>;

const PAUSE_MS = 500;

/**
 * Asks operations of docs/graphql.md by name. An answer is the text of its `data`: of which block it is stands in
 * `extensions`, and the chain goes on.
 *
 * @param values what stands in `<angle brackets>` there
 * @param changed variables in place of those that the page shows
 */
export async function documentedAnswers(
  stack: Stack,
  names: readonly string[],
  values: Readonly<Record<string, unknown>>,
  changed: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): Promise<Answers> {
  const operations = documentedOperations();
  const answers: Record<string, string> = {};
  for (const wanted of names) {
    const operation = operations.find(({ name }) => name === wanted);
    if (!operation) throw new Error(`docs/graphql.md shows no operation ${wanted}`);
    const variables = { ...operation.variables, ...changed[wanted] };
    answers[wanted] = JSON.stringify(await ask(stack, operation.text, filledIn(variables, values)));
  }
  return answers;
}

/** Asks until the answers stay as they are: the stages have ended what they were at. */
export function settled(asking: () => Promise<Answers>): Promise<Answers> {
  let before: string | undefined;
  return waitUntil(
    'answers that stay',
    async () => {
      const answers = await asking();
      const text = JSON.stringify(answers);
      if (text === before) return answers;
      before = text;
      return undefined;
    },
    { timeoutMs: 60_000, intervalMs: PAUSE_MS },
  );
}
