import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { resolvers } from '../resolvers.js';
import { minBlockDirective } from '../shared/freshness/min-block.directive.js';

const HEADER = `# The schema of POST /graphql and of subscriptions on the WebSocket /graphql.
# Generated from apps/api by \`node dist/apps/api/src/schema/generate.js\`; do not edit.

`;

/** The text of schema.graphql, sorted by name; needs no database. */
export async function schemaText(): Promise<string> {
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, {
    logger: false,
    abortOnError: false,
  });
  try {
    const schema = await app.get(GraphQLSchemaFactory).create(resolvers, { directives: [minBlockDirective] });
    return `${HEADER}${printSchema(lexicographicSortSchema(schema))}\n`;
  } finally {
    await app.close();
  }
}

/** The first line in which two texts differ, for a hint. */
export function firstDifference(before: string, after: string): string | undefined {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  const line = fresh.findIndex((text, index) => text !== old[index]);
  if (line === -1 && old.length === fresh.length) return undefined;
  const at = line === -1 ? fresh.length : line;
  return `line ${at + 1}\n- ${old[at] ?? '(end)'}\n+ ${fresh[at] ?? '(end)'}`;
}
