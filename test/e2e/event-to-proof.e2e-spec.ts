import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makePublicClient, traceAnchorAbi } from '@tallyhouse/chain';
import { eventHashHex, jcsSha256, readDocument } from '@tallyhouse/epcis';
import { blindedLeaf, verifyMerkleProof, type Hex } from '@tallyhouse/proofs';
import { events, toDocument } from '@tallyhouse/simulation';
import { ask, captureByApi } from './kit/api.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';
import { allAnchored } from './kit/loop.js';

interface Proof {
  readonly eventHashId: Hex;
  readonly jcsSha256: Hex;
  readonly content: Hex;
  readonly disclosureRoot: Hex;
  readonly submitter: Hex;
  readonly recordTime: string;
  readonly leaf: Hex;
  readonly path: Hex[];
  readonly root: Hex;
  readonly partner: Hex;
  readonly seq: string;
  readonly count: number;
  readonly prevHead: Hex;
  readonly schemaId: Hex;
}

const PROOF = `query Proof($id: ID!) { proof(eventId: $id) {
  eventHashId jcsSha256 content disclosureRoot submitter recordTime leaf leafIndex path root partner seq count prevHead schemaId } }`;

describe('an event becomes a proof', () => {
  let journey: JourneyStack;
  let document: ReturnType<typeof toDocument>;
  let apiKey: string;

  beforeAll(async () => {
    journey = await startJourney({ world: { seed: 11, start: '2025-01-01', months: 1, scale: 0.01 } });
    const { stack, apiKeys } = journey;
    const [first] = events(stack.simulated);
    const list = [...events(stack.simulated)]
      .filter((event) => event.partner === first!.partner)
      .slice(0, 25);
    document = toDocument(
      list.map(({ event }) => event),
      '2025-02-01T00:00:00Z',
    );
    apiKey = apiKeys[stack.accounts.partner(first!.partner).address.toLowerCase()]!;
  }, 120_000);
  afterAll(() => journey.stop(), 60_000);

  it('a partner captures a document, and sending it again stores nothing twice', async () => {
    const { stack } = journey;
    const count = document.epcisBody.eventList.length;
    expect(await captureByApi(stack, document, apiKey)).toMatchObject({ state: 'SUCCEEDED', stored: count });
    expect(await captureByApi(stack, document, apiKey)).toMatchObject({
      state: 'SUCCEEDED',
      stored: 0,
      duplicate: count,
    });
  }, 60_000);

  it('every event is anchored and can be proved against the root that the contract holds', async () => {
    const { stack } = journey;
    await allAnchored(journey);
    const { events: page } = await ask<{
      events: { edges: { node: { id: string; status: string; body: object } }[] };
    }>(stack, '{ events(first: 50) { edges { node { id status body } } } }');
    expect(page.edges).toHaveLength(document.epcisBody.eventList.length);
    const read = readDocument(document);
    if (!read.ok) throw new Error('the document is readable');
    const hashes = new Set<string>(
      read.document.events.map((event) => eventHashHex(event, read.document.context)),
    );
    for (const { node } of page.edges) {
      expect(['ANCHORED', 'FINAL']).toContain(node.status);
      const { proof } = await ask<{ proof: Proof }>(stack, PROOF, { id: node.id });
      expect(hashes.has(proof.eventHashId)).toBe(true);
      expect(proof.jcsSha256).toBe(jcsSha256(node.body as never));
      expect(leafOf(proof)).toBe(proof.leaf);
      expect(verifyMerkleProof(proof.root, proof.leaf, proof.path)).toBe(true);
    }
  }, 60_000);

  it('the contract agrees with the proof and refuses it for another leaf', async () => {
    const { stack } = journey;
    const { events: page } = await ask<{ events: { edges: { node: { id: string } }[] } }>(
      stack,
      '{ events(first: 1) { edges { node { id } } } }',
    );
    const { proof } = await ask<{ proof: Proof }>(stack, PROOF, { id: page.edges[0]!.node.id });
    const links = [{ root: proof.root, count: proof.count, schemaId: proof.schemaId }];
    const verify = (leaf: Hex): Promise<boolean> =>
      makePublicClient(stack.rpcUrl).readContract({
        address: stack.deployment.contracts.TraceAnchor.address,
        abi: traceAnchorAbi,
        functionName: 'verifyLeaf',
        args: [proof.partner, proof.prevHead, BigInt(proof.seq) - 1n, links, leaf, proof.path],
      });
    expect(await verify(proof.leaf)).toBe(true);
    expect(await verify(leafOf({ ...proof, recordTime: new Date(0).toISOString() }))).toBe(false);
  }, 60_000);

  it('a document with a fault is refused whole, with pointer, rule and way out', async () => {
    const { stack } = journey;
    const broken = structuredClone(document);
    broken.epcisBody.eventList[3]!.action = 'CREATE' as never;
    const { captureEvents } = await ask<{
      captureEvents: { state: string; stored: number; errors: { pointer: string; expected: string }[] };
    }>(
      stack,
      'mutation C($document: JSON!) { captureEvents(document: $document) { state stored errors { eventIndex pointer rule found expected } } }',
      { document: broken },
      apiKey,
    );
    expect(captureEvents).toMatchObject({ state: 'FAILED', stored: 0 });
    expect(captureEvents.errors[0]).toMatchObject({
      pointer: '/epcisBody/eventList/3/action',
      eventIndex: 3,
    });
    expect(captureEvents.errors[0]!.expected).toMatch(/OBSERVE/);
  }, 60_000);
});

function leafOf(proof: Proof): Hex {
  return blindedLeaf({
    content: proof.content,
    disclosureRoot: proof.disclosureRoot,
    submitter: proof.submitter,
    recordTime: BigInt(Math.floor(Date.parse(proof.recordTime) / 1_000)),
  });
}
