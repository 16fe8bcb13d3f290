import { readFileSync } from 'node:fs';

/** An operation that a page of docs/ shows, with the variables shown below it. */
export interface DocumentedOperation {
  readonly name: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const BLOCKS = /```graphql\n(?<text>[^`]+)```\n(?:\n```json\n(?<variables>[^`]+)```\n)?/g;

/** Reads a page of docs/. */
export function documentedOperations(name = 'graphql.md'): DocumentedOperation[] {
  const page = readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');
  return [...page.matchAll(BLOCKS)].map(({ groups }) => {
    const text = groups?.['text'] ?? '';
    return {
      name: /^(?:query|mutation|subscription) (\w+)/.exec(text)?.[1] ?? 'nameless',
      text,
      variables: JSON.parse(groups?.['variables'] ?? '{}') as Record<string, unknown>,
    };
  });
}

/** Variables with `<what stands in brackets>` replaced. */
export function filledIn(
  variables: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => {
      const placeholder = typeof value === 'string' ? /^<(.+)>$/.exec(value)?.[1] : undefined;
      if (placeholder === undefined) return [name, value];
      if (!(placeholder in values)) throw new Error(`no value for <${placeholder}>`);
      return [name, values[placeholder]];
    }),
  );
}
