import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { anchorTypedData, traceAnchorAbi } from '@tallyhouse/chain';
import { gln } from '@tallyhouse/epcis';
import { EVENT_LEAF_SCHEMAS, sha256Hex, toHex, type Hex } from '@tallyhouse/proofs';
import { events, simulate } from '@tallyhouse/simulation';
import { deployLocal, digest, ROLE, startAnvil, type LocalDeployment } from '@tallyhouse/testing';
import {
  encodePayload,
  MAX_PAYLOAD_BYTES,
  type CarriedEvent,
} from '../../libs/supply-chain/src/anchoring/payload.js';
import { BARE_BASELINES } from './bare-baselines.js';

const RESULTS = 'experiments/anchor-gas/results.json';
const WORLD = { seed: 3, start: '2023-01-01', months: 3, scale: 1 };
const SIZES = [256, 1_024] as const;
const URI = '';
const GAS_LIMIT = 16_000_000n;
const NO_HEAD: Hex = `0x${'00'.repeat(32)}`;

type Way = 'ownKey' | 'relayed';
type Wallet = LocalDeployment['people'][number];

/** One anchored batch, from its receipt. */
interface Measured {
  events: number;
  way: Way;
  batch: 'first' | 'later';
  /** Zero where the batch carries no payload. */
  payloadBytes: number;
  gas: number;
  gasPerEvent: number;
}

/** The first events of the simulated world as a payload carries them; secrets are random there, here by a hash. */
function carried(count: number): CarriedEvent[] {
  const found: CarriedEvent[] = [];
  for (const { event } of events(simulate(WORLD))) {
    if (found.length === count) break;
    found.push({
      recordTime: '2026-01-01T00:00:00.000Z',
      secret: createHash('sha256').update(`secret ${found.length}`).digest('base64'),
      captureJob: '00000000-0000-4000-8000-000000000000',
      namespaces: {},
      body: event,
    });
  }
  return found;
}

/** As sealing does: as many of the events as fit on chain together. */
function fittingPayload(list: readonly CarriedEvent[]): { count: number; payload: Hex } {
  for (let count = list.length; ; count = Math.floor(count * 0.95)) {
    const payload = encodePayload(list.slice(0, count));
    if (payload.length <= MAX_PAYLOAD_BYTES) return { count, payload: toHex(payload) };
  }
}

class AnchorGas {
  private readonly heads = new Map<Hex, Hex>();
  private partners = 0;

  public constructor(private readonly local: LocalDeployment) {}

  /** A partner that anchored nothing yet. */
  public fresh(): Hex {
    return partnerAddress(this.partners++);
  }

  public async anchor(partner: Hex, count: number, way: Way, payload?: Hex): Promise<Measured> {
    const before = this.heads.get(partner) ?? NO_HEAD;
    const root = sha256Hex(new TextEncoder().encode(`root ${this.heads.size} ${count} ${before}`));
    const batch = { partner, root, count, prevHead: before, schemaId: EVENT_LEAF_SCHEMAS[2], uri: URI };
    const gas = await this.send(batch, way, payload);
    const { address } = this.local.deployment.contracts.TraceAnchor;
    const head = await this.local.publicClient.readContract({
      ...{ address, abi: traceAnchorAbi, functionName: 'head', args: [partner] },
    });
    this.heads.set(partner, head);
    const payloadBytes = payload ? (payload.length - 2) / 2 : 0;
    const which = before === NO_HEAD ? 'first' : 'later';
    return { events: count, way, batch: which, payloadBytes, gas, gasPerEvent: round(gas / count) };
  }

  /** Gas of the smallest contracts that keep a root at all, second call. */
  public async bare(code: Hex): Promise<number> {
    const { publicClient, people } = this.local;
    const wallet = people[0]!;
    const hash = await wallet.sendTransaction({ data: code, chain: null, gas: 200_000n });
    const { contractAddress } = await publicClient.waitForTransactionReceipt({ hash });
    let gas = 0;
    for (const label of ['first', 'second']) {
      const data = digest(label);
      const sent = await wallet.sendTransaction({ to: contractAddress!, data, chain: null, gas: 200_000n });
      gas = await this.gasOf(sent);
    }
    return gas;
  }

  private async send(batch: BatchArguments, way: Way, payload: Hex | undefined): Promise<number> {
    const { deployment, people } = this.local;
    const [submitter, stranger] = [people[ROLE.relayer]!, people[0]!];
    const contract = deployment.contracts.TraceAnchor.address;
    const call = { address: contract, abi: traceAnchorAbi, chain: null, gas: GAS_LIMIT } as const;
    const { partner, root, count, prevHead, schemaId, uri } = batch;
    const parts = [partner, root, count, prevHead, schemaId, uri] as const;
    if (way === 'ownKey')
      return this.gasOf(
        payload
          ? await submitter.writeContract({
              ...call,
              functionName: 'anchorWithPayload',
              args: [batch, payload],
            })
          : await submitter.writeContract({ ...call, functionName: 'anchor', args: parts }),
      );
    const deadline = 4_000_000_000n;
    const signed = { ...batch, submitter: submitter.account.address, deadline, payload };
    const signature = await signatureOf(submitter, anchorTypedData(deployment.chainId, contract, signed));
    const said = [submitter.account.address, deadline, signature] as const;
    return this.gasOf(
      payload
        ? await stranger.writeContract({
            ...{ ...call, functionName: 'anchorWithPayloadBySig', args: [batch, payload, ...said] },
          })
        : await stranger.writeContract({ ...call, functionName: 'anchorBySig', args: [...parts, ...said] }),
    );
  }

  private async gasOf(hash: Hex): Promise<number> {
    const receipt = await this.local.publicClient.waitForTransactionReceipt({ hash });
    if (receipt.status !== 'success') throw new Error(`transaction ${hash} reverted`);
    return Number(receipt.gasUsed);
  }
}

type BatchArguments = {
  partner: Hex;
  root: Hex;
  count: number;
  prevHead: Hex;
  schemaId: Hex;
  uri: string;
};

const signatureOf = (wallet: Wallet, typed: ReturnType<typeof anchorTypedData>): Promise<Hex> =>
  wallet.account.signTypedData!(typed as never);
const round = (value: number): number => Number(value.toFixed(1));
const partnerAddress = (index: number): Hex => `0x${'ab'.repeat(18)}${(0x1000 + index).toString(16)}`;

async function measure(local: LocalDeployment): Promise<unknown> {
  const gas = new AnchorGas(local);
  const measured: Measured[] = [];
  const list = carried(Math.max(...SIZES));
  for (const size of SIZES) {
    for (const way of ['ownKey', 'relayed'] as const) {
      for (const withPayload of [false, true]) {
        const partner = gas.fresh();
        const { count, payload } = withPayload
          ? fittingPayload(list.slice(0, size))
          : { count: size, payload: undefined };
        measured.push(await gas.anchor(partner, count, way, payload));
        measured.push(await gas.anchor(partner, count, way, payload));
      }
    }
  }
  const bare: Record<string, unknown> = {};
  for (const [name, { says, code }] of Object.entries(BARE_BASELINES)) {
    const used = await gas.bare(code);
    const gasPerEvent = Object.fromEntries(SIZES.map((size) => [size, round(used / size)]));
    bare[name] = { says, gas: used, gasPerEvent };
  }
  return {
    ...{ node: process.version, world: WORLD, maxPayloadBytes: MAX_PAYLOAD_BYTES },
    ...{ anchored: measured, bare },
  };
}

const anvil = await startAnvil({ args: ['--timestamp', String(Date.UTC(2026, 2, 1) / 1_000)] });
try {
  const partners = Array.from({ length: 2 * 2 * SIZES.length }, (_, index) => ({
    ...{
      partner: partnerAddress(index),
      gln: gln('4012345', String(index).padStart(5, '0')),
      name: `Partner ${index}`,
    },
    metadataHash: digest(`metadata ${index}`),
  }));
  const relayer = '0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc';
  const local = await deployLocal(anvil.rpcUrl, {
    partners: partners.map((partner) => ({ ...partner, submitters: [relayer] })),
  });
  if (local.people[ROLE.relayer]!.account.address !== relayer) throw new Error('another test key');
  writeFileSync(RESULTS, `${JSON.stringify(await measure(local), null, 2)}\n`);
} finally {
  await anvil.stop();
}
