import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { TraceReader, type Trace, type TraceDirection } from '@tallyhouse/audit';
import { AsOfInput, asOfFrom } from './as-of.input.js';
import { TraceDirectionEnum, TraceGraphModel } from './trace.model.js';

@Resolver(() => TraceGraphModel)
export class TraceResolver {
  public constructor(private readonly traces: TraceReader) {}

  @Query(() => TraceGraphModel, {
    complexity: 500,
    description:
      'Follows an item, lot, container or site through containers, transformations, lots and sites.',
  })
  public trace(
    @Args('uri', { type: () => String, description: 'In any form that EPCIS allows.' }) uri: string,
    @Args('direction', { type: () => TraceDirectionEnum }) direction: TraceDirection,
    @Args('maxDepth', { type: () => Int, defaultValue: 20, description: 'Edges from the start, 0 to 50.' })
    maxDepth: number,
    @Args('maxNodes', { type: () => Int, defaultValue: 2_000, description: 'Nodes in all, 1 to 50,000.' })
    maxNodes: number,
    @Args('asOf', { type: () => AsOfInput, nullable: true }) asOf: AsOfInput | null,
  ): Promise<Trace> {
    return this.traces.trace([uri], direction, { maxDepth, maxNodes }, asOfFrom(asOf));
  }
}
