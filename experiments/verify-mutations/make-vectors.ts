import { writeFileSync } from 'node:fs';
import { traceAnchorAbi } from '@tallyhouse/chain';
import {
  eventHashHex,
  gtin,
  jcsSha256,
  resolveContext,
  sgln,
  gln,
  sgtin,
  lgtin,
  type EpcisEvent,
} from '@tallyhouse/epcis';
import {
  BUNDLE_FORMATS,
  canonicalJson,
  contentCommitment,
  disclosure,
  disclosureLeaf,
  EVENT_LEAF_SCHEMAS,
  encodeRlp,
  fromHex,
  keySlot,
  leafOfSchema,
  merkleTree,
  partnerSlots,
  proveLog,
  redactBundle,
  sha256Hex,
  toHex,
  verifyBundle,
  type Hex,
  type JsonObject,
  type JsonValue,
  type LogProof,
  type ProofBundle,
  type SubmitterRights,
} from '@tallyhouse/proofs';
import {
  GENESIS_HEAD,
  LEAF_SCHEMA_ID,
  sealBatch,
  type SealedBatch,
  type WaitingEvent,
} from '@tallyhouse/supply-chain';
import { deployLocal, ROLE, startAnvil } from '@tallyhouse/testing';

const FOLDER = 'libs/proofs/vectors/2';
const URI = 'memory:vector';
const NAMESPACES = { tally: 'https://tallyhouse.example/epcis/' };
const EVENTS = 5;
const SHOWN_EVENT = 2;
const RECORDED = Date.UTC(2026, 2, 1, 12);
const PRODUCT = gtin('9521141', '00001');

type NamedLeaf = Extract<ProofBundle['leaf'], { jcsSha256: Hex }>;

function eventOf(index: number): EpcisEvent {
  return {
    type: 'ObjectEvent',
    eventTime: `2026-03-01T08:0${index}:00.000Z`,
    eventTimeZoneOffset: '+01:00',
    action: 'OBSERVE',
    bizStep: 'shipping',
    disposition: 'in_transit',
    epcList: [sgtin(PRODUCT, `${index}A`), sgtin(PRODUCT, `${index}B`)],
    quantityList: [{ epcClass: lgtin(PRODUCT, 'L7'), quantity: 12.5 + index, uom: 'KGM' }],
    readPoint: { id: sgln(gln('9521141', '00001')) },
    bizTransactionList: [],
    'tally:remark': 'Zürich → “dock 3” 🚚',
    'tally:sealed': true,
    'tally:note': null,
  } as EpcisEvent;
}

const secretOf = (index: number): Hex => sha256Hex(new TextEncoder().encode(`vector secret ${index}`));

type Local = Awaited<ReturnType<typeof deployLocal>>;
type Mined = Awaited<ReturnType<Local['publicClient']['waitForTransactionReceipt']>>;

/** Anchors two batches on a fresh local chain and bundles an event of the second. */
async function wholeBundle(): Promise<{ bundle: ProofBundle; header: Hex; registry: Hex }> {
  const chain = await startAnvil({ args: ['--timestamp', String(Date.UTC(2026, 2, 1, 13) / 1_000)] });
  try {
    const local = await deployLocal(chain.rpcUrl);
    const submitter = local.people[ROLE.relayer]!.account.address.toLowerCase() as Hex;
    const first = sealBatch(waiting().slice(0, 2), submitter, { seq: 0n, head: GENESIS_HEAD });
    await anchored(local, first);
    const rows = waiting();
    const batch = sealBatch(rows, submitter, { seq: 1n, head: first.head });
    const receipt = await anchored(local, batch);
    const { header, address: anchorContract, ...log } = await provenLog(local, receipt);
    const partner = local.people[ROLE.partner]!.account.address.toLowerCase() as Hex;
    const registry = local.deployment.contracts.PartnerRegistry.address.toLowerCase() as Hex;
    const bundle: ProofBundle = {
      format: BUNDLE_FORMATS[2],
      chainId: local.deployment.chainId,
      anchorContract,
      event: {
        shown: 'all',
        body: eventOf(SHOWN_EVENT) as unknown as JsonObject,
        secret: secretOf(SHOWN_EVENT),
        namespaces: NAMESPACES,
      },
      leaf: leafOf(rows[SHOWN_EVENT]!, submitter),
      batch: {
        ...{ partner, root: batch.root, count: EVENTS, seq: '2', prevHead: batch.prevHead },
        ...{ head: batch.head, schemaId: LEAF_SCHEMA_ID, uri: URI },
        path: merkleTree(batch.leaves).proof(SHOWN_EVENT),
      },
      log,
      header,
      predecessors: {
        head: GENESIS_HEAD,
        seq: '0',
        links: [{ root: first.root, count: 2, schemaId: LEAF_SCHEMA_ID }],
      },
      rights: await rightsAt(local, registry, partner, submitter, receipt.blockNumber),
      stated: { asOfBlock: Number(receipt.blockNumber) + 3, corrections: [], declarations: [] },
    };
    return { bundle, header: receipt.blockHash, registry };
  } finally {
    await chain.stop();
  }
}

/** Anchors a batch in a block with other transactions. */
async function anchored({ deployment, people, publicClient }: Local, batch: SealedBatch): Promise<Mined> {
  const [partner, relayer] = [people[ROLE.partner]!, people[ROLE.relayer]!];
  const { address } = deployment.contracts.TraceAnchor;
  const count = batch.leaves.length;
  const args = [partner.account.address, batch.root, count, batch.prevHead, LEAF_SCHEMA_ID, URI] as const;
  await publicClient.request({ method: 'evm_setAutomine', params: [false] } as never);
  for (const person of people.slice(0, 3))
    await person.sendTransaction({ to: partner.account.address, value: 1n, chain: null, gas: 30_000n });
  const hash = await relayer.writeContract({
    ...{ address, abi: traceAnchorAbi, functionName: 'anchor', args, chain: null, gas: 300_000n },
  });
  await publicClient.request({ method: 'evm_mine', params: [] } as never);
  return publicClient.waitForTransactionReceipt({ hash });
}

async function provenLog({ publicClient }: Local, receipt: Mined): Promise<LogProof> {
  const [block, receipts] = await Promise.all(
    [
      { method: 'eth_getBlockByHash', params: [receipt.blockHash, true] },
      { method: 'eth_getBlockReceipts', params: [receipt.blockHash] },
    ].map((call) => publicClient.request(call as never) as Promise<unknown>),
  );
  return proveLog({ block, receipts }, receipt.blockHash, receipt.logs[0]!.logIndex);
}

async function rightsAt(
  { publicClient }: Local,
  registry: Hex,
  partner: Hex,
  submitter: Hex,
  blockNumber: bigint,
): Promise<SubmitterRights> {
  const { record, glnHash } = partnerSlots(partner);
  const storageKeys = [record, glnHash, keySlot(partner, 1n, submitter)];
  const { accountProof, storageProof } = await publicClient.getProof({
    ...{ address: registry, storageKeys, blockNumber },
  });
  const [partnerProof, glnProof, keyProof] = storageProof.map(({ proof }) => proof);
  return {
    ...{ registry, gln: '4012345000009', accountProof },
    ...{ partnerProof: partnerProof!, glnProof: glnProof!, keyProof: keyProof! },
  };
}

function leafOf(row: WaitingEvent, submitter: Hex): NamedLeaf {
  return {
    eventHashId: toHex(row.eventHash),
    jcsSha256: toHex(row.jcsSha256),
    disclosureRoot: toHex(row.disclosureRoot),
    submitter,
    recordTime: RECORDED / 1_000,
  };
}

function waiting(): WaitingEvent[] {
  const context = resolveContext([NAMESPACES]);
  return Array.from({ length: EVENTS }, (_, index) => {
    const event = eventOf(index);
    return {
      eventId: String(index),
      eventTime: new Date(event.eventTime),
      recordTime: new Date(RECORDED),
      eventHash: fromHex(eventHashHex(event, context)),
      jcsSha256: fromHex(jcsSha256(event)),
      disclosureRoot: fromHex(disclosure(event as unknown as JsonObject, fromHex(secretOf(index))).root),
      disclosureSecret: fromHex(secretOf(index)),
    };
  });
}

/** What a second verifier should find on its way. */
function wayOf({ event, leaf, header, batch }: ProofBundle): JsonValue {
  if (event.shown !== 'all' || 'content' in leaf) throw new TypeError('the vector shows the whole event');
  const fields = disclosure(event.body, fromHex(event.secret)).entries;
  return {
    canonicalEvent: canonicalJson(event.body),
    fields: fields.map((field) => ({ ...field, leaf: disclosureLeaf(field) })),
    content: contentCommitment(leaf, fromHex(event.secret)),
    leaf: leafOfSchema(batch.schemaId, {
      ...{ ...leaf, recordTime: BigInt(leaf.recordTime), secret: event.secret },
    })!,
    headerRlp: toHex(encodeRlp(header.map((field) => fromHex(field)))),
  };
}

const zeros = `0x${'00'.repeat(32)}`;
/** One change each, and the step that must name it; `base` is the file that is changed. */
const CHANGES: readonly { base: 'whole' | 'redacted'; path: string; value: JsonValue; failed: string }[] = [
  { base: 'whole', path: '/format', value: 'tallyhouse-proof/3', failed: 'format' },
  { base: 'whole', path: '/event/body/bizStep', value: 'receiving', failed: 'content' },
  {
    base: 'whole',
    path: '/event/namespaces/tally',
    value: 'https://other.example/',
    failed: 'event hash id',
  },
  { base: 'whole', path: '/event/secret', value: zeros, failed: 'disclosure' },
  { base: 'redacted', path: '/event/fields/0/value', value: 'receiving', failed: 'disclosure' },
  { base: 'redacted', path: '/event/hidden/0', value: zeros, failed: 'disclosure' },
  { base: 'redacted', path: '/leaf/content', value: zeros, failed: 'batch path' },
  { base: 'whole', path: '/leaf/jcsSha256', value: zeros, failed: 'content' },
  { base: 'whole', path: '/batch/schemaId', value: EVENT_LEAF_SCHEMAS[1], failed: 'batch path' },
  { base: 'whole', path: '/leaf/recordTime', value: RECORDED / 1_000 + 1, failed: 'batch path' },
  { base: 'whole', path: '/batch/path/0', value: zeros, failed: 'batch path' },
  { base: 'whole', path: '/batch/count', value: 6, failed: 'batch head' },
  { base: 'whole', path: '/batch/prevHead', value: `0x${'11'.repeat(32)}`, failed: 'batch head' },
  { base: 'whole', path: '/predecessors/links/0/count', value: 3, failed: 'predecessors' },
  { base: 'whole', path: '/predecessors/seq', value: '1', failed: 'predecessors' },
  { base: 'whole', path: '/log/transactionIndex', value: 0, failed: 'receipt' },
  { base: 'whole', path: '/header/5', value: zeros, failed: 'receipt' },
  { base: 'whole', path: '/log/position', value: 1, failed: 'log' },
  { base: 'whole', path: '/batch/uri', value: 'memory:other', failed: 'log' },
  { base: 'whole', path: '/chainId', value: 1, failed: 'transaction' },
  { base: 'whole', path: '/header/11', value: '0x01', failed: 'header' },
  { base: 'redacted', path: '/header/3', value: zeros, failed: 'header' },
  { base: 'whole', path: '/rights/gln', value: '4012345000016', failed: 'submitter' },
  { base: 'whole', path: '/rights/keyProof', value: null, failed: 'submitter' },
  { base: 'redacted', path: '/rights/registry', value: `0x${'22'.repeat(20)}`, failed: 'submitter' },
];

/** Writes the test vectors of docs/verification.md. */
export async function makeVectors(): Promise<void> {
  const { bundle, header, registry } = await wholeBundle();
  const redacted = redactBundle(bundle, ['/bizStep', '/quantityList', '/tally:remark']);
  for (const made of [bundle, redacted]) {
    const { verdict, says } = verifyBundle(made, {
      ...{ header, registry, anchorContract: bundle.anchorContract },
    });
    if (verdict !== 'valid') throw new Error(says);
  }
  const write = (name: string, value: unknown): void =>
    writeFileSync(`${FOLDER}/${name}.json`, `${JSON.stringify(value, null, 2)}\n`);
  write('whole', bundle);
  write('redacted', redacted);
  write('cases', {
    header,
    anchorContract: bundle.anchorContract,
    registry,
    way: wayOf(bundle),
    changes: CHANGES,
  });
}
