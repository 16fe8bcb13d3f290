import type { Edge } from './neighbour.repository.js';
import { isCovered, type Certainty, type Presence, type Visit } from './walk.js';

/** A node of a trace. */
export interface TraceNode {
  /** Canonical Digital Link, or the identifier as it is where it holds no GS1 key. */
  readonly uri: string;
  /** Edges from the start, at least. */
  readonly depth: number;
  readonly presence: Presence;
  readonly certainty: Certainty;
}

/** What a trace found: each node once, by depth; each edge once. */
export interface Trace {
  readonly nodes: readonly TraceNode[];
  readonly edges: readonly Edge[];
  /** Whether there is more, and what stopped the trace. */
  readonly truncated: 'DEPTH' | 'NODES' | null;
}

/** Gathers what a trace visits: each node once with all that is known of its visits, and each edge once. */
export class TraceGraph {
  private readonly nodes = new Map<string, TraceNode>();
  private readonly edges = new Map<string, Edge>();
  private readonly visits = new Map<string, Visit[]>();
  private refused = false;

  /** @param seen a graph whose visits count here too, to ask whether there would be more */
  public constructor(
    private readonly maxNodes: number,
    private readonly seen?: TraceGraph,
  ) {}

  /** How many nodes may still come. */
  public get room(): number {
    return this.maxNodes - this.nodes.size;
  }

  /** Whether a node had to be left out. */
  public get isFull(): boolean {
    return this.refused;
  }

  /** Notes that something could not be read. */
  public leaveOut(): void {
    this.refused = true;
  }

  /** Notes a visit; undefined when it adds nothing to earlier ones, or when there is no room for its node. */
  public visit(visit: Visit, depth: number): Visit | undefined {
    const before = this.visits.get(visit.uri) ?? [];
    if (before.some((earlier) => isCovered(visit, earlier)) || this.seen?.knows(visit)) return undefined;
    const node = this.nodes.get(visit.uri);
    if (!node && this.room <= 0) {
      this.refused = true;
      return undefined;
    }
    this.visits.set(visit.uri, [...before.filter((earlier) => !isCovered(earlier, visit)), visit]);
    this.nodes.set(visit.uri, {
      uri: visit.uri,
      depth: node?.depth ?? depth,
      presence: node ? stronger(node.presence, visit.presence) : visit.presence,
      certainty: node?.certainty === 'CERTAIN' ? 'CERTAIN' : visit.certainty,
    });
    return visit;
  }

  /** Notes an edge to a node that is in the graph. */
  public connect(edge: Edge, uri: string): void {
    if (!this.nodes.has(uri)) return;
    const key = JSON.stringify([edge.eventId, edge.kind, edge.source, edge.target, edge.uom]);
    if (this.edges.has(key)) return;
    const { kind, source, target, byClass, quantity, uom, validFrom, validTo, eventId } = edge;
    this.edges.set(key, { kind, source, target, byClass, quantity, uom, validFrom, validTo, eventId });
  }

  public trace(truncated: Trace['truncated']): Trace {
    return { nodes: [...this.nodes.values()], edges: [...this.edges.values()], truncated };
  }

  private knows(visit: Visit): boolean {
    return (this.visits.get(visit.uri) ?? []).some((earlier) => isCovered(visit, earlier));
  }
}

const STRENGTH = ['PLACE', 'PROCESS', 'HOLDER', 'PORTION', 'ITEM'] as const;

function stronger(one: TraceNode['presence'], other: TraceNode['presence']): TraceNode['presence'] {
  return STRENGTH.indexOf(one) >= STRENGTH.indexOf(other) ? one : other;
}
