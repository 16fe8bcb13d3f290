import type { CustodyDetail, Position, TraceNode } from './audit-types.js';
import type { Hex } from './types.js';

export interface ReportTrace {
  nodes: (TraceNode & { name: string | null })[];
  truncated: 'DEPTH' | 'NODES' | null;
}

/** The document that `itemReport` answers, as far as the page shows it. */
export interface ItemReport {
  uri: string;
  identity: {
    kind: 'SERIAL' | 'LOT' | 'UNIT' | 'OTHER';
    productName: string | null;
    productGroup: string | null;
    madeAt: string | null;
    madeBy: string | null;
    madePlace: string | null;
    masterData: Record<string, unknown>;
    certification: string | null;
  };
  asOf: {
    asked: string;
    chainId: number | null;
    block: string | null;
    blockHash: Hex | null;
    blockTime: string | null;
  };
  position: Position;
  timeline: {
    id: string;
    time: string;
    type: string;
    bizStep: string | null;
    location: string | null;
    locationName: string | null;
    partner: string;
    partnerName: string | null;
    through: string | null;
    blockNumber: string | null;
  }[];
  origins: ReportTrace;
  destinations: ReportTrace;
  custody: { transfers: (CustodyDetail['transfers'][number] & { offeredTx: Hex })[] };
  balances: {
    site: string;
    balances: { unit: string; opening: number; in: number; out: number; stock: number; gap: number }[];
  }[];
  findings: {
    id: string;
    rule: string;
    title: string;
    severity: string;
    state: string;
    explanation: string;
    resolution: string | null;
    evidence: string[];
  }[];
  temperatures: {
    readings: number;
    min: number;
    max: number;
    limits: { min: number; max: number };
    outside: { from: string; to: string; min: number; max: number; eventId: string }[];
  } | null;
  corrections: {
    eventId: string;
    time: string;
    bizStep: string | null;
    by: 'EPCIS' | 'CHAIN';
    reason: string | null;
    declaredAt: string;
  }[];
  models: { family: string; artifactSha256: Hex; proposalId: string | null }[];
  omitted: string[];
}
