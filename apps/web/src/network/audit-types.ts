import type { Connection, EventRow, Hex } from './types.js';

export interface Position {
  state: string;
  location: string | null;
  holder: Hex | null;
  holderBy: 'CUSTODY' | 'REPORT' | null;
  containedIn: string[];
  lastEvent: string | null;
  lastSeen: string | null;
  amount: { uom: string | null; made: number; consumed: number; sold: number; disposed: number } | null;
}

export interface ItemDetail {
  uri: string;
  eventCount: number;
  position: Position;
  contents: { uri: string; quantity: number | null; uom: string | null; since: string; eventId: string }[];
  history: Connection<EventRow>;
}

export interface CustodyDetail {
  unit: Hex;
  holder: Hex | null;
  transfers: {
    sender: Hex;
    recipient: Hex;
    state: string;
    reason: string | null;
    offeredTime: string;
    answeredTime: string | null;
    offeredBlock: string;
    answeredBlock: string | null;
  }[];
}

/** An offer of a unit to or by a partner, and what became of it. */
export interface CustodyOffer {
  unit: Hex;
  uri: string | null;
  sender: Hex;
  recipient: Hex;
  state: string;
  reason: string | null;
  deadline: string;
  offeredTime: string;
}

export interface TraceNode {
  uri: string;
  depth: number;
  presence: 'ITEM' | 'HOLDER' | 'PORTION' | 'PROCESS' | 'PLACE';
  certainty: 'CERTAIN' | 'POSSIBLE';
}

export interface TraceEdge {
  kind: string;
  source: string;
  target: string;
  quantity: number | null;
  uom: string | null;
  validFrom: string;
  validTo: string | null;
  eventId: string;
}

export interface TraceAnswer {
  nodes: TraceNode[];
  edges: TraceEdge[];
  truncated: 'DEPTH' | 'NODES' | null;
}

export interface AffectedRow {
  uri: string;
  state: string;
  certainty: string;
  location: string | null;
  holder: Hex | null;
  lastSeen: string | null;
}

export interface RecallPreviewAnswer {
  criteriaHash: Hex;
  affectedRoot: Hex | null;
  affectedCount: number;
  truncated: boolean;
  items: AffectedRow[];
}

export interface RecallHead {
  id: Hex;
  state: string;
  affectedCount: number;
  createdAt: string;
  openedBlock: string | null;
  partner: Hex;
  drill: boolean;
}

/** The clock of a recall; a time is null until its step is done. */
export interface RecallProgress {
  begunAt: string;
  listedAt: string;
  onChainAt: string | null;
  holders: number;
  delivered: number;
  deliveredAt: string | null;
  answered: number;
  answeredAt: string | null;
  lastAnswerAt: string | null;
  endedAt: string | null;
  accounts: {
    uom: string;
    affected: number;
    gone: number;
    located: number;
    recovered: number | null;
    accountedShare: number | null;
  }[];
}

export interface RecallDetail extends RecallHead {
  progress: RecallProgress;
  criteriaHash: Hex;
  affectedRoot: Hex;
  openedTx: Hex | null;
  closedTime: string | null;
  outcome: string | null;
  lastError: string | null;
  holders: {
    partner: Hex;
    name: string | null;
    items: number;
    toldAt: string | null;
    deliveredAt: string | null;
    deliveryError: string | null;
    acknowledgedTime: string | null;
    recovered: number | null;
  }[];
  items: AffectedRow[];
}
