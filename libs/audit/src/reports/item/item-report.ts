import type { CustodyTransfer } from '../../custody/custody.reader.js';
import type { FindingRow } from '../../findings/finding.rows.js';
import type { Severity } from '../../engine/rule.js';
import type { SiteBalance } from '../../mass-balance/index.js';
import type { Edge } from '../../trace/neighbour.repository.js';
import type { ItemPosition } from '../../trace/position.reader.js';
import type { TraceNode } from '../../trace/trace-graph.js';
import type { LifeEvent } from './timeline.reader.js';

export const ITEM_REPORT_FORMAT = 'tallyhouse-item-report/1';

/** Everything that is known of an item, lot or logistic unit, as one document. Times are ISO 8601. */
export interface ItemReport {
  readonly format: typeof ITEM_REPORT_FORMAT;
  readonly uri: string;
  readonly identity: ReportIdentity;
  readonly asOf: ReportMoment;
  readonly position: ItemPosition;
  /** Oldest first; with what happened to the containers while it was inside. */
  readonly timeline: readonly ReportEvent[];
  readonly origins: ReportTrace;
  readonly destinations: ReportTrace;
  readonly custody: { readonly holder: string | null; readonly transfers: readonly CustodyTransfer[] };
  /** Of a lot, the books of each site that handled it; empty for a serial. */
  readonly balances: readonly SiteBalance[];
  readonly findings: readonly ReportFinding[];
  readonly temperatures: ReportTemperatures | null;
  readonly corrections: readonly ReportCorrection[];
  readonly models: readonly ReportModel[];
  /** What the document leaves out, in words; empty when it is whole. */
  readonly omitted: readonly string[];
}

export interface ReportIdentity {
  readonly kind: 'SERIAL' | 'LOT' | 'UNIT' | 'OTHER';
  readonly product: string | null;
  readonly productName: string | null;
  readonly productGroup: string | null;
  /** Of the event that brought it into being, where one is known. */
  readonly madeAt: string | null;
  readonly madeBy: string | null;
  readonly madePlace: string | null;
  /** Instance and lot master data of that event. */
  readonly masterData: Readonly<Record<string, unknown>>;
  readonly certification: string | null;
}

/** Up to when the document speaks: the last block of the index, and what was asked for. */
export interface ReportMoment {
  readonly asked: string;
  readonly chainId: number | null;
  readonly block: string | null;
  readonly blockHash: string | null;
  readonly blockTime: string | null;
}

/** An event as the document has it. */
export interface ReportEvent extends Omit<LifeEvent, 'body' | 'stands' | 'time' | 'through'> {
  /** ISO 8601. */
  readonly time: string;
  /** The container whose event it is; null where the event names the item itself. */
  readonly through: string | null;
}

export interface ReportTrace {
  readonly nodes: readonly (TraceNode & { readonly name: string | null })[];
  readonly edges: readonly Edge[];
  readonly truncated: 'DEPTH' | 'NODES' | null;
}

export interface ReportFinding extends FindingRow {
  readonly title: string;
  readonly severity: Severity;
}

/** Thermometers on the way, degrees Celsius. */
export interface ReportTemperatures {
  readonly readings: number;
  readonly min: number;
  readonly max: number;
  /** The limits of R11 by default. */
  readonly limits: { readonly min: number; readonly max: number };
  readonly outside: readonly {
    readonly from: string;
    readonly to: string;
    readonly min: number;
    readonly max: number;
    readonly eventId: string;
  }[];
}

export interface ReportCorrection {
  readonly eventId: string;
  readonly time: string;
  readonly bizStep: string | null;
  readonly by: 'EPCIS' | 'CHAIN';
  readonly reason: string | null;
  readonly declaredAt: string;
}

export interface ReportModel {
  readonly family: string;
  readonly artifactSha256: string;
  readonly versionId: string | null;
  readonly state: string | null;
  readonly proposalId: string | null;
  readonly activatedAt: string | null;
}
