import {
  anchorHead,
  BUNDLE_FORMATS,
  canonicalJson,
  disclosure,
  EVENT_LEAF_SCHEMAS,
  fromHex,
  leafOfSchema,
  merkleTree,
  proveLog,
  sha256Hex,
  type Hex,
  type JsonObject,
  type Predecessors,
  type ProofBundle,
} from '../src/index.js';
import { address, anchoredLog, blockWith, word } from './block-kit.js';
import { registryState } from './registry-kit.js';

/** What a made-up bundle is about. */
export type BundleWish = {
  partner: string;
  /** Events in the batch. */
  count: number;
  /** Which of them the bundle proves. */
  index: number;
  seq: number;
  chainId: number;
  /** Other transactions in the block. */
  others: number;
  /** Form of the bundle and of its leaves. */
  form: 1 | 2;
};

/** A bundle of a made-up chain and the hash of its block. */
export type MadeBundle = { bundle: ProofBundle; header: Hex };

const NAMESPACES = { example: 'https://example.org/' };
const WISH: BundleWish = {
  partner: 'maker',
  count: 11,
  index: 4,
  seq: 3,
  chainId: 31337,
  others: 20,
  form: 2,
};

/** A shipping event, told apart by partner and number. */
export function shippingEvent(partner: string, index: number): JsonObject {
  return {
    type: 'ObjectEvent',
    eventTime: `2026-03-0${1 + (index % 9)}T08:00:00Z`,
    eventTimeZoneOffset: '+01:00',
    action: 'OBSERVE',
    bizStep: 'shipping',
    epcList: [1, 2, 3].map(
      (serial) => `https://id.gs1.org/01/09521141000012/21/${partner}-${index}-${serial}`,
    ),
    quantityList: [
      { epcClass: 'https://id.gs1.org/01/09521141000012/10/L1', quantity: 12.5 + index, uom: 'KGM' },
    ],
    readPoint: { id: 'https://id.gs1.org/414/9521141000005' },
    'example:checked': index % 2 === 0,
    'example:remark': index % 3 === 0 ? null : [],
  };
}

/** A whole bundle as the server makes it, on a chain made up for it. */
export function madeBundle(wish: Partial<BundleWish> = {}): MadeBundle {
  const { partner, count, index, seq, chainId, others, form } = { ...WISH, ...wish };
  const schemaId = EVENT_LEAF_SCHEMAS[form];
  const submitter = address(`key of ${partner}`);
  const leaves = Array.from({ length: count }, (_, number) => leafOf(partner, number, submitter));
  const tree = merkleTree(
    leaves.map((leaf, number) => {
      const secret = secretOf(partner, number);
      return leafOfSchema(schemaId, { ...leaf, recordTime: BigInt(leaf.recordTime), secret })!;
    }),
  );
  const predecessors = predecessorsOf(partner, seq);
  const link = {
    ...{ prevHead: predecessors.prevHead, root: tree.root, count },
    ...{ schemaId, seq: BigInt(seq) },
  };
  const said = { partner: address(partner), uri: 'memory:batch', head: anchorHead(link) };
  const contract = address(`anchor of chain ${chainId}`);
  const { stateRoot, rights } = registryState(said.partner, submitter);
  const block = blockWith(anchoredLog(contract, { ...link, ...said, submitter }), {
    chainId,
    number: 17,
    others,
    stateRoot,
  });
  const { address: anchorContract, header, ...log } = proveLog(block, block.hash, block.logIndex);
  const bundle: ProofBundle = {
    format: BUNDLE_FORMATS[form],
    chainId,
    anchorContract,
    event: {
      shown: 'all',
      body: shippingEvent(partner, index),
      secret: secretOf(partner, index),
      namespaces: NAMESPACES,
    },
    leaf: leaves[index]!,
    batch: { ...link, ...said, seq: String(seq), path: tree.proof(index) },
    log,
    header,
    ...(form === 2 && { predecessors: predecessors.carried, rights }),
    stated: { asOfBlock: 20, corrections: [], ...(form === 2 && { declarations: [] }) },
  };
  return { bundle, header: block.hash };
}

/** The partner's batches before number `seq`: all of them. */
function predecessorsOf(partner: string, seq: number): { prevHead: Hex; carried: Predecessors } {
  const genesis: Hex = `0x${'00'.repeat(32)}`;
  const links = Array.from({ length: seq - 1 }, (_, index) => ({
    root: word(`root ${partner} ${index}`),
    count: 7 + index,
    schemaId: EVENT_LEAF_SCHEMAS[1],
  }));
  const prevHead = links.reduce<Hex>(
    (head, link, index) => anchorHead({ ...link, prevHead: head, seq: BigInt(index + 1) }),
    genesis,
  );
  return { prevHead, carried: { head: genesis, seq: '0', links } };
}

function secretOf(partner: string, index: number): Hex {
  return word(`secret ${partner} ${index}`);
}

function leafOf(
  partner: string,
  index: number,
  submitter: Hex,
): Extract<ProofBundle['leaf'], { jcsSha256: Hex }> {
  const body = shippingEvent(partner, index);
  return {
    eventHashId: madeEventHash(body),
    jcsSha256: sha256Hex(new TextEncoder().encode(canonicalJson(body))),
    disclosureRoot: disclosure(body, fromHex(secretOf(partner, index))).root,
    submitter,
    recordTime: 1_770_000_000 + index,
  };
}

/** Stands in for the Event Hash ID, which this library does not know. */
export function madeEventHash(
  event: JsonObject,
  namespaces: Readonly<Record<string, string>> = NAMESPACES,
): Hex {
  return word(`id ${canonicalJson(event)} ${canonicalJson(namespaces)}`);
}
