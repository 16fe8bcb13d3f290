import { utf8ToBytes } from '@noble/hashes/utils.js';
import { keccak256, type Hex } from '../hex.js';
import type { DisclosureEntry } from '../disclosure.js';
import type { JsonObject } from '../json.js';

/** Name of the form of bundle that is made and read here; another form gets another number. */
export const BUNDLE_FORMAT = 'tallyhouse-proof/1';

/** Says on chain how leaves are made; TraceAnchor carries it as `schemaId`. */
export const EVENT_LEAF_SCHEMA: Hex = keccak256(utf8ToBytes('tallyhouse/event-leaf/1'));

/** The event, all of it. */
export type WholeEvent = {
  shown: 'all';
  /** As captured. */
  body: JsonObject;
  /** 32 bytes; the salt of a field is HMAC-SHA256(secret, path). */
  secret: Hex;
  /**
   * Namespaces of the prefixes in the event's keys that only the document around it declared; null where the maker of
   * the bundle does not know them, so that the Event Hash ID cannot be computed.
   */
  namespaces: Record<string, string> | null;
};

/** Some fields of the event, in ascending order of their paths. */
export type RedactedEvent = {
  shown: 'some';
  fields: DisclosureEntry[];
  /** A digest for each field that is not shown, ascending. */
  hidden: Hex[];
};

/** A declaration that the event was in error. */
export type StatedCorrection = { block: number; transaction: Hex; reason: string; submitter: Hex };

/** One file that leads from an event to the hash of a block; docs/verification.md tells every member. */
export type ProofBundle = {
  format: typeof BUNDLE_FORMAT;
  chainId: number;
  /** Address of TraceAnchor. */
  anchorContract: Hex;
  event: WholeEvent | RedactedEvent;
  leaf: {
    eventHashId: Hex;
    jcsSha256: Hex;
    disclosureRoot: Hex;
    submitter: Hex;
    /** Unix seconds. */
    recordTime: number;
  };
  batch: {
    partner: Hex;
    root: Hex;
    /** Events in the batch. */
    count: number;
    /** Decimal digits of a uint64. */
    seq: string;
    prevHead: Hex;
    head: Hex;
    schemaId: Hex;
    uri: string;
    /** Siblings from the leaf up to the root. */
    path: Hex[];
  };
  log: {
    transactionIndex: number;
    /** Position among the logs of the receipt. */
    position: number;
    receiptProof: Hex[];
    transactionProof: Hex[];
  };
  /** Fields of the block's header in the order of its RLP. */
  header: Hex[];
  /** What no proof can show: the word of the server that made the bundle. */
  stated: { asOfBlock: number; corrections: StatedCorrection[] };
};
