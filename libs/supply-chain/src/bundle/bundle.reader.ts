import type { EpcisEvent, JsonValue } from '@tallyhouse/epcis';
import {
  BUNDLE_FORMATS,
  disclosure,
  EVENT_LEAF_SCHEMAS,
  ProofInputError,
  proveLog,
  redactBundle,
  toHex,
  verifyBundle,
  type Hex,
  type JsonObject,
  type LogProof,
  type ProofBundle,
  type SubmitterRights,
} from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import { isUuid } from '../read/keyset.js';
import { ProofReader, type EventProofRow } from '../read/proof.reader.js';
import { BundleError } from './bundle.errors.js';
import { namespacesOf } from './namespaces.js';
import { predecessorsOf, rightsOf, statedOf } from './origin.reader.js';

/** One call of Ethereum JSON-RPC. */
export type RpcCall = (method: string, params: readonly unknown[]) => Promise<unknown>;

/** What a bundle is made from. */
export interface BundleRequest {
  readonly dataSource: DataSource;
  /** A node of the chain on which the event was anchored; it need not be trusted. */
  readonly rpc: RpcCall;
  /** Address of PartnerRegistry; left out, the bundle proves no rights of the submitter. */
  readonly registry?: Hex;
  readonly eventId: string;
  /** JSON Pointers of the fields to show; left out, the whole event is shown. */
  readonly disclose?: readonly string[];
}

/**
 * Makes the proof bundle of an anchored event, as docs/verification.md describes it. What the node answers is held
 * to the block hash that the index has.
 *
 * @throws BundleError `EVENT_UNKNOWN`, `NOT_ANCHORED` (ask again when its batch is indexed), `DATABASE_INCONSISTENT`
 * or `NODE_INCONSISTENT`; ProofInputError `BUNDLE` for a path to disclose that the event does not have
 * @example (await assembleBundle({ dataSource, rpc, eventId })).format // 'tallyhouse-proof/2'
 */
export async function assembleBundle(request: BundleRequest): Promise<ProofBundle> {
  const { dataSource, rpc, eventId, disclose } = request;
  const proof = await new ProofReader(dataSource).find(eventId);
  if (!proof) throw await noProof(dataSource, eventId);
  const stored = await storedEvent(dataSource, proof);
  const { address, ...log } = await provenLog(rpc, proof);
  const isFirstForm = proof.schemaId === EVENT_LEAF_SCHEMAS[1];
  const stated = await statedOf(dataSource, proof, !isFirstForm);
  const bundle = bundleOf(proof, stored, address, log, stated);
  const whole = isFirstForm ? bundle : await withOrigin(request, proof, bundle);
  return disclose && disclose.length > 0 ? redactBundle(whole, disclose) : whole;
}

/** The second form: with the batches before it and, where the node can prove it, the submitter's rights. */
async function withOrigin(
  { dataSource, rpc, registry }: BundleRequest,
  proof: EventProofRow,
  bundle: ProofBundle,
): Promise<ProofBundle> {
  const predecessors = await predecessorsOf(dataSource, proof);
  const rights = registry ? await rightsOf(dataSource, rpc, registry, proof) : null;
  const { stated, ...first } = bundle;
  const make = (proven: SubmitterRights | null): ProofBundle => ({
    ...{ ...first, format: BUNDLE_FORMATS[2], predecessors, rights: proven, stated },
  });
  // A node may answer with the state of another block: what it cannot prove is left out.
  const made = make(rights);
  return verifyBundle(made, { registry }).failed === 'submitter' ? make(null) : made;
}

interface StoredEvent {
  readonly body: EpcisEvent;
  readonly secret: Buffer;
  readonly uri: string;
  /** Of the document that the event came in; null where it was not kept. */
  readonly context: JsonValue | null;
}

async function storedEvent(dataSource: DataSource, proof: EventProofRow): Promise<StoredEvent> {
  const [stored]: StoredEvent[] = await dataSource.query(
    `SELECT e.body, e.disclosure_secret AS secret, t.uri,
       (SELECT context FROM capture_job j WHERE j.id = e.capture_job) AS context FROM epcis_event e, trace_anchored t
     WHERE e.id = $1 AND t.chain_id = $2 AND t.block_number = $3 AND t.log_index = $4`,
    [proof.eventId, proof.chainId, proof.blockNumber, proof.logIndex],
  );
  if (!stored)
    throw new BundleError(
      'NOT_ANCHORED',
      'the batch was taken off the chain a moment ago',
      'ask again later',
    );
  if (disclosure(stored.body as JsonObject, stored.secret).root !== proof.disclosureRoot)
    throw new BundleError(
      'DATABASE_INCONSISTENT',
      `the stored event ${proof.eventId} does not give its disclosure root`,
      'restore the database from a backup',
    );
  return stored;
}

async function provenLog(rpc: RpcCall, proof: EventProofRow): Promise<LogProof> {
  const [block, receipts] = await Promise.all([
    rpc('eth_getBlockByHash', [proof.blockHash, true]),
    rpc('eth_getBlockReceipts', [proof.blockHash]),
  ]);
  try {
    return proveLog({ block, receipts }, proof.blockHash, proof.logIndex);
  } catch (error) {
    if (!(error instanceof ProofInputError)) throw error;
    throw new BundleError('NODE_INCONSISTENT', error.message, 'ask another node: set RPC_URLS');
  }
}

function bundleOf(
  proof: EventProofRow,
  { body, secret, uri, context }: StoredEvent,
  anchorContract: Hex,
  { header, ...log }: Omit<LogProof, 'address'>,
  said: ProofBundle['stated'],
): ProofBundle {
  return {
    format: BUNDLE_FORMATS[1],
    chainId: proof.chainId,
    anchorContract,
    event: {
      shown: 'all',
      body: body as JsonObject,
      secret: toHex(secret),
      namespaces: namespacesOf(body, proof.eventHashId, context),
    },
    leaf: {
      eventHashId: proof.eventHashId,
      jcsSha256: proof.jcsSha256,
      disclosureRoot: proof.disclosureRoot,
      submitter: proof.submitter,
      recordTime: Number(proof.recordTimeSeconds),
    },
    batch: {
      partner: proof.partner,
      root: proof.root,
      count: proof.count,
      seq: proof.seq,
      prevHead: proof.prevHead,
      head: proof.head,
      schemaId: proof.schemaId,
      uri,
      path: [...proof.path],
    },
    log,
    header,
    stated: said,
  };
}

async function noProof(dataSource: DataSource, eventId: string): Promise<BundleError> {
  const known: unknown[] = isUuid(eventId)
    ? await dataSource.query('SELECT 1 FROM epcis_event WHERE id = $1', [eventId])
    : [];
  return known.length > 0
    ? new BundleError('NOT_ANCHORED', `event ${eventId} is not on chain yet`, 'ask again when its batch is')
    : new BundleError(
        'EVENT_UNKNOWN',
        `no event has the id ${eventId}`,
        'take an id from the list of events',
      );
}
