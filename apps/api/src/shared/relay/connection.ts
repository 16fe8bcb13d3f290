import type { Type } from '@nestjs/common';
import { Field, ObjectType, type FieldMiddleware } from '@nestjs/graphql';
import type { Page } from '@tallyhouse/database';
import { IndexedBlockModel } from '../freshness/indexed-block.model.js';
import type { RequestContext } from '../request/request-context.js';

/** Where a page of a connection begins and ends; pages are walked forward. */
@ObjectType({ description: 'Where a page begins and ends.' })
export class PageInfo {
  @Field(() => Boolean)
  public hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Always false: lists are walked forward only.' })
  public hasPreviousPage: boolean;

  @Field(() => String, { nullable: true })
  public startCursor: string | null;

  @Field(() => String, { nullable: true })
  public endCursor: string | null;
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

/** A page as Relay has it. */
export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly pageInfo: PageInfo;
}

/** Read before the operation began; see freshness.plugin.ts. */
const indexedBlock: FieldMiddleware = ({ context }) => (context as RequestContext).indexedBlock;

/** Makes the GraphQL types of a connection over a model. */
export function connectionType<Node>(model: Type<Node>, name: string): Type<Connection<Node>> {
  @ObjectType(`${name}Edge`)
  class EdgeModel {
    @Field(() => String)
    public cursor: string;

    @Field(() => model)
    public node: Node;
  }

  @ObjectType(`${name}Connection`)
  class ConnectionModel {
    @Field(() => [EdgeModel])
    public edges: readonly EdgeModel[];

    @Field(() => PageInfo)
    public pageInfo: PageInfo;

    @Field(() => IndexedBlockModel, {
      nullable: true,
      description: 'The block of the index that the list is as of; null before the first.',
      middleware: [indexedBlock],
    })
    public asOf: IndexedBlockModel | null;
  }
  return ConnectionModel as Type<unknown> as Type<Connection<Node>>;
}

/** A page that a reader gave, as a connection. */
export async function connectionOf<Node>(reading: Promise<Page<Node>>): Promise<Connection<Node>> {
  const page = await reading;
  return {
    edges: page.rows.map((node, index) => ({ cursor: page.cursors[index]!, node })),
    pageInfo: {
      hasNextPage: page.hasNext,
      hasPreviousPage: false,
      startCursor: page.cursors[0] ?? null,
      endCursor: page.cursors.at(-1) ?? null,
    },
  };
}
