import { Injectable } from '@nestjs/common';
import { normalizeIdentifier } from '@tallyhouse/epcis';
import { DataSource } from 'typeorm';
import { knownAsOf, NOW, type AsOf } from './as-of.js';
import { readEdges } from './neighbour.repository.js';
import { readingSnapshot } from './snapshot.repository.js';

/** Something that is in a container. */
export interface Content {
  readonly uri: string;
  readonly quantity: number | null;
  readonly uom: string | null;
  readonly since: Date;
  readonly eventId: string;
}

const DOWN = { side: 'target', kinds: ['AGGREGATION', 'ASSOCIATION'] } as const;
const MAX_CONTENTS = 1_000;

/** Says what is in containers. */
@Injectable()
export class ContentsReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** What is in a container now, at most 1,000, in the order it was put in. */
  public async contents(container: string, asOf: AsOf = NOW): Promise<Content[]> {
    const reach = { uri: normalizeIdentifier(container), from: Infinity, to: Infinity };
    const edges = await readingSnapshot(this.dataSource, async (manager) =>
      readEdges(manager, [reach], DOWN, await knownAsOf(manager, asOf), MAX_CONTENTS),
    );
    const contents = edges.map(({ source, quantity, uom, validFrom, eventId }) => ({
      ...{ uri: source, quantity, uom, since: validFrom, eventId },
    }));
    return [
      ...new Map(contents.map((content) => [JSON.stringify([content.uri, content.uom]), content])).values(),
    ];
  }
}
