export { Bindings, NOW, type AsOf } from './as-of.js';
export { edgesOf, isClass, EDGE_KINDS, type EdgeKind, type EdgeStatement } from './edge.js';
export { EdgeBuilder, unitHash } from './edge-builder.service.js';
export { edgesSql, type Edge } from './neighbour.repository.js';
export type { Trace, TraceNode } from './trace-graph.js';
export { MAX_DEPTH, MAX_NODES, TraceReader, type TraceBounds } from './trace.reader.js';
export type { Certainty, Presence, TraceDirection } from './walk.js';
