import { makePublicClient, traceAnchorAbi } from '@tallyhouse/chain';
import {
  keySlot,
  merkleTree,
  partnerSlots,
  proveLog,
  type AnchorProof,
  type Hex,
  type LogProof,
  type Predecessors,
  type SubmitterRights,
} from '@tallyhouse/proofs';
import { GENESIS_HEAD, sealLeaves, type SealedBatch } from '@tallyhouse/supply-chain';
import { deployLocal, ROLE, startAnvil } from '@tallyhouse/testing';

const URI = 'memory:vector';

type Local = Awaited<ReturnType<typeof deployLocal>>;
type Mined = Awaited<ReturnType<Local['publicClient']['waitForTransactionReceipt']>>;

/** A batch on the chain, and what every bundle of one of its leaves has in common. */
export interface VectorBatch {
  readonly header: Hex;
  readonly proofOf: (index: number) => Omit<Required<AnchorProof>, 'format' | 'leaf'>;
}

/** A fresh local chain with one partner, whose batches it anchors one after another. */
export class VectorChain {
  private readonly links: Predecessors['links'] = [];
  private head: Hex = GENESIS_HEAD;

  private constructor(private readonly local: Local) {}

  /** Starts a chain whose blocks follow each other by a second, so that it is the same each time; stops it after. */
  public static async run(work: (chain: VectorChain) => Promise<void>): Promise<void> {
    const anvil = await startAnvil({ args: ['--timestamp', String(Date.UTC(2026, 2, 1, 13) / 1_000)] });
    try {
      const client = makePublicClient(anvil.rpcUrl);
      await client.request({ method: 'anvil_setBlockTimestampInterval', params: [1] } as never);
      await work(new VectorChain(await deployLocal(anvil.rpcUrl)));
    } finally {
      await anvil.stop();
    }
  }

  public get partner(): Hex {
    return this.addressOf(ROLE.partner);
  }

  public get submitter(): Hex {
    return this.addressOf(ROLE.relayer);
  }

  public get registry(): Hex {
    return this.local.deployment.contracts.PartnerRegistry.address.toLowerCase() as Hex;
  }

  /** Anchors a batch in a block with other transactions. */
  public async anchor(leaves: readonly Hex[], schemaId: Hex): Promise<VectorBatch> {
    const batch = sealLeaves(leaves, schemaId, { seq: BigInt(this.links.length), head: this.head });
    const receipt = await this.mined(batch);
    const { header, address: anchorContract, ...log } = await this.provenLog(receipt);
    const predecessors = { head: GENESIS_HEAD, seq: '0', links: [...this.links] };
    const rights = await this.rightsAt(receipt.blockNumber);
    const { root, prevHead, head, seq } = batch;
    const count = leaves.length;
    this.links.push({ root, count, schemaId });
    this.head = head;
    const tree = merkleTree(leaves);
    const said = { partner: this.partner, root, count, seq: String(seq), prevHead, head, schemaId, uri: URI };
    return {
      header: receipt.blockHash,
      proofOf: (index) => ({
        ...{ chainId: this.local.deployment.chainId, anchorContract },
        batch: { ...said, path: tree.proof(index) },
        ...{ log, header, predecessors, rights },
        stated: { asOfBlock: Number(receipt.blockNumber) + 3, corrections: [] },
      }),
    };
  }

  private addressOf(role: number): Hex {
    return this.local.people[role]!.account.address.toLowerCase() as Hex;
  }

  private async mined(batch: SealedBatch): Promise<Mined> {
    const { deployment, people, publicClient } = this.local;
    const [partner, relayer] = [people[ROLE.partner]!, people[ROLE.relayer]!];
    const { root, prevHead, schemaId, leaves } = batch;
    await publicClient.request({ method: 'evm_setAutomine', params: [false] } as never);
    for (const person of people.slice(0, 3))
      await person.sendTransaction({ to: partner.account.address, value: 1n, chain: null, gas: 30_000n });
    const hash = await relayer.writeContract({
      ...{ address: deployment.contracts.TraceAnchor.address, abi: traceAnchorAbi, functionName: 'anchor' },
      args: [partner.account.address, root, leaves.length, prevHead, schemaId, URI],
      ...{ chain: null, gas: 300_000n },
    });
    await publicClient.request({ method: 'evm_mine', params: [] } as never);
    return publicClient.waitForTransactionReceipt({ hash });
  }

  private async provenLog({ blockHash, logs }: Mined): Promise<LogProof> {
    const [block, receipts] = await Promise.all(
      [
        { method: 'eth_getBlockByHash', params: [blockHash, true] },
        { method: 'eth_getBlockReceipts', params: [blockHash] },
      ].map((call) => this.local.publicClient.request(call as never) as Promise<unknown>),
    );
    return proveLog({ block, receipts }, blockHash, logs[0]!.logIndex);
  }

  private async rightsAt(blockNumber: bigint): Promise<SubmitterRights> {
    const { partner, registry } = this;
    const { record, glnHash } = partnerSlots(partner);
    const storageKeys = [record, glnHash, keySlot(partner, 1n, this.submitter)];
    const { accountProof, storageProof } = await this.local.publicClient.getProof({
      ...{ address: registry, storageKeys, blockNumber },
    });
    const [partnerProof, glnProof, keyProof] = storageProof.map(({ proof }) => proof);
    return {
      ...{ registry, gln: '4012345000009', accountProof },
      ...{ partnerProof: partnerProof!, glnProof: glnProof!, keyProof: keyProof! },
    };
  }
}
