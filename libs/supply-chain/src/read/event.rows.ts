/** How far an event is on its way to the chain; a reorganisation takes it back from ANCHORED to SEALED. */
export type EventStatus = 'PENDING' | 'SEALED' | 'ANCHORED' | 'FINAL';

/** What events are wanted; every given field must match. Times are inclusive from, exclusive to. */
export interface EventFilter {
  readonly bizStep?: string | null;
  readonly type?: string | null;
  /** Identifier of an item, lot or container, in any form that EPCIS allows. */
  readonly item?: string | null;
  /** Read point or business location. */
  readonly location?: string | null;
  /** Address of the partner. */
  readonly partner?: string | null;
  readonly from?: Date | null;
  readonly to?: Date | null;
  /** `ANCHORED` also finds what is final. */
  readonly status?: EventStatus | null;
}

/** A stored event; hashes as `0x` and 64 digits, `partner` lower case. */
export interface EventRow {
  readonly id: string;
  readonly eventTime: Date;
  readonly timeZoneOffset: string;
  readonly recordTime: Date;
  readonly partner: string;
  readonly type: string;
  readonly action: string | null;
  readonly bizStep: string | null;
  readonly disposition: string | null;
  readonly readPoint: string | null;
  readonly bizLocation: string | null;
  readonly eventHashId: string;
  readonly captureJobId: string;
  readonly body: object;
}

/** An item as one event names it. */
export interface EventItemRow {
  readonly eventId: string;
  readonly role: 'EPC' | 'PARENT' | 'CHILD' | 'INPUT' | 'OUTPUT';
  readonly uri: string;
  readonly quantity: number | null;
  readonly uom: string | null;
}

/** Where an event's batch is; the block fields are null until the batch is on chain. */
export interface EventSealRow {
  readonly eventId: string;
  readonly root: string;
  readonly seq: string;
  readonly batchCount: number;
  readonly blockNumber: string | null;
  readonly blockHash: string | null;
  readonly txHash: string | null;
  readonly blockTime: Date | null;
  /** Whether the block stays. */
  readonly isFinal: boolean;
}
