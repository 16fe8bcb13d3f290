import type { Hex } from '../hex.js';
import type { DisclosureEntry } from '../disclosure.js';
import type { JsonObject } from '../json.js';
import type { TextRecordFields } from '../text-leaf.js';

/** Names of the forms of bundle, each for the leaves of its number. Bundles of the first stay valid for good. */
export const BUNDLE_FORMATS = { 1: 'tallyhouse-proof/1', 2: 'tallyhouse-proof/2' } as const;

/** Name of the form of bundle for texts. */
export const TEXT_BUNDLE_FORMAT = 'tallyhouse-text-proof/1';

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

/** A declaration on chain that the event was in error. */
export type StatedCorrection = { block: number; transaction: Hex; reason: string; submitter: Hex };

/** An EPCIS errorDeclaration that names the event; it is an event of its own, with a bundle of its own. */
export type StatedDeclaration = { declaredAt: string; reason: string | null; anchoredInBlock: number | null };

/** Batches of the partner before this one: from a head and its number on, in order, up to `batch.prevHead`. */
export type Predecessors = {
  head: Hex;
  /** Decimal digits of a uint64; `0` before the first batch. */
  seq: string;
  links: { root: Hex; count: number; schemaId: Hex }[];
};

/** State of PartnerRegistry after the block, proved from the header's stateRoot (eth_getProof). */
export type SubmitterRights = {
  registry: Hex;
  /** The partner's Global Location Number, whose hash the registry holds. */
  gln: string;
  accountProof: Hex[];
  partnerProof: Hex[];
  glnProof: Hex[];
  /** Null where the partner itself submitted. */
  keyProof: Hex[] | null;
};

/** What leads from a leaf to the hash of a block, whatever the leaf is of. */
export type AnchorProof = {
  format: string;
  chainId: number;
  /** Address of TraceAnchor. */
  anchorContract: Hex;
  leaf: {
    submitter: Hex;
    /** Unix seconds. */
    recordTime: number;
  };
  batch: {
    partner: Hex;
    root: Hex;
    /** Leaves in the batch. */
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
  /** Absent in the first form of events. */
  predecessors?: Predecessors;
  /** Absent in the first form of events; null where the node that was asked keeps no state of that block. */
  rights?: SubmitterRights | null;
  /** What no proof can show: the word of the server that made the bundle. */
  stated: { asOfBlock: number; corrections: StatedCorrection[]; declarations?: StatedDeclaration[] };
};

/** One file that leads from an event to the hash of a block; docs/verification.md tells every member. */
export type ProofBundle = AnchorProof & {
  format: (typeof BUNDLE_FORMATS)[1 | 2];
  event: WholeEvent | RedactedEvent;
  /** Both hashes of the event, or only the commitment to them where a bundle of the second form hides fields. */
  leaf: ({ eventHashId: Hex; jcsSha256: Hex } | { content: Hex }) & { disclosureRoot: Hex };
};

/** One file that leads from a text to the hash of a block. The text is shown whole. */
export type TextBundle = AnchorProof & {
  format: typeof TEXT_BUNDLE_FORMAT;
  /** The words that were hashed: title, an empty line and body, or the body alone. */
  text: string;
  record: TextRecordFields;
  leaf: { textSha256: Hex; recordSha256: Hex };
  predecessors: Predecessors;
  rights: SubmitterRights | null;
};
