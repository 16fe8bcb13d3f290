import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  EDGE_KINDS,
  type Certainty,
  type Edge,
  type EdgeKind,
  type Presence,
  type Trace,
  type TraceNode,
} from '@tallyhouse/audit';
import { DateTimeScalar } from '../shared/scalars/index.js';

export const TraceDirectionEnum = { FORWARD: 'FORWARD', BACKWARD: 'BACKWARD' } as const;
registerEnumType(TraceDirectionEnum, {
  name: 'TraceDirection',
  description: 'FORWARD: what became of goods. BACKWARD: where they came from.',
});

export const CertaintyEnum = { CERTAIN: 'CERTAIN', POSSIBLE: 'POSSIBLE' } as const;
registerEnumType(CertaintyEnum, {
  name: 'Certainty',
  description: 'POSSIBLE: a portion of a lot of which other portions are concerned for sure.',
});

const PresenceEnum = {
  ITEM: 'ITEM',
  HOLDER: 'HOLDER',
  PORTION: 'PORTION',
  PROCESS: 'PROCESS',
  PLACE: 'PLACE',
} as const;
registerEnumType(PresenceEnum, {
  name: 'Presence',
  description:
    'How the goods traced are in a node: they are it, it holds them, they are a portion of it, they went through it, they were there.',
});

const EdgeKindEnum = Object.fromEntries(EDGE_KINDS.map((kind) => [kind, kind])) as Record<EdgeKind, EdgeKind>;
registerEnumType(EdgeKindEnum, {
  name: 'EdgeKind',
  description:
    'AGGREGATION, ASSOCIATION: source is in target. INPUT, OUTPUT: of a transformation. LOT: target is of lot source. DEPARTURE: target left site source. DESTINATION, ARRIVAL: source was sent, or came, to site target.',
});

@ObjectType('TraceNode')
export class TraceNodeModel implements TraceNode {
  @Field(() => String)
  public uri: string;

  @Field(() => Int, { description: 'Edges from the start, at least.' })
  public depth: number;

  @Field(() => PresenceEnum)
  public presence: Presence;

  @Field(() => CertaintyEnum)
  public certainty: Certainty;
}

@ObjectType('TraceEdge')
export class TraceEdgeModel implements Edge {
  @Field(() => EdgeKindEnum)
  public kind: EdgeKind;

  @Field(() => String)
  public source: string;

  @Field(() => String)
  public target: string;

  public byClass: boolean;

  @Field(() => Float, { nullable: true })
  public quantity: number | null;

  @Field(() => String, { nullable: true, description: 'UN/ECE Recommendation 20; pieces when absent.' })
  public uom: string | null;

  @Field(() => DateTimeScalar)
  public validFrom: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when, for what is contained and no longer is.',
  })
  public validTo: Date | null;

  @Field(() => ID, { description: 'The event that says so.' })
  public eventId: string;
}

const TruncatedByEnum = { DEPTH: 'DEPTH', NODES: 'NODES' } as const;
registerEnumType(TruncatedByEnum, { name: 'TruncatedBy' });

@ObjectType('TraceGraph', { description: 'What a trace found: each node once, by depth; each edge once.' })
export class TraceGraphModel implements Trace {
  @Field(() => [TraceNodeModel], { complexity: 1 })
  public nodes: readonly TraceNodeModel[];

  @Field(() => [TraceEdgeModel], { complexity: 1 })
  public edges: readonly TraceEdgeModel[];

  @Field(() => TruncatedByEnum, {
    nullable: true,
    description: 'What stopped the trace; null when it is whole.',
  })
  public truncated: Trace['truncated'];
}
