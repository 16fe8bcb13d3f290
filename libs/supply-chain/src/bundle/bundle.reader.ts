import type { EpcisEvent, JsonValue } from '@tallyhouse/epcis';
import {
  BUNDLE_FORMATS,
  disclosure,
  EVENT_LEAF_SCHEMAS,
  redactBundle,
  toHex,
  type Hex,
  type JsonObject,
  type ProofBundle,
} from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import { isUuid } from '../read/keyset.js';
import { ProofReader, type EventProofRow } from '../read/proof.reader.js';
import {
  proveAnchor,
  withProvenRights,
  type AnchorProofSource,
  type LeafToBlock,
} from './anchor-proof.reader.js';
import { BundleError } from './bundle.errors.js';
import { namespacesOf } from './namespaces.js';
import { declarationsOf } from './origin.reader.js';

/** What a bundle is made from. */
export interface BundleRequest extends AnchorProofSource {
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
  const { dataSource, eventId, disclose, registry } = request;
  const proof = await new ProofReader(dataSource).find(eventId);
  if (!proof) throw await noProof(dataSource, eventId);
  const stored = await storedEvent(dataSource, proof);
  const anchor = await proveAnchor(request, { ...proof, uri: stored.uri });
  const whole =
    proof.schemaId === EVENT_LEAF_SCHEMAS[1]
      ? firstForm(proof, stored, anchor)
      : await secondForm(proof, stored, anchor, dataSource, registry);
  return disclose && disclose.length > 0 ? redactBundle(whole, disclose) : whole;
}

function firstForm(proof: EventProofRow, stored: StoredEvent, anchor: LeafToBlock): ProofBundle {
  const { chainId, anchorContract, batch, log, header, stated } = anchor;
  const first = { chainId, anchorContract, batch, log, header, stated };
  return { format: BUNDLE_FORMATS[1], ...eventPart(proof, stored), ...first };
}

/** With the batches before it and, where the node can prove it, the submitter's rights. */
async function secondForm(
  proof: EventProofRow,
  stored: StoredEvent,
  anchor: LeafToBlock,
  dataSource: DataSource,
  registry: Hex | undefined,
): Promise<ProofBundle> {
  const declarations = await declarationsOf(dataSource, proof.eventId);
  return withProvenRights(
    {
      ...{ format: BUNDLE_FORMATS[2], ...eventPart(proof, stored), ...anchor },
      stated: { ...anchor.stated, declarations },
    },
    registry,
  );
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

function eventPart(
  proof: EventProofRow,
  { body, secret, context }: StoredEvent,
): Pick<ProofBundle, 'event' | 'leaf'> {
  return {
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
