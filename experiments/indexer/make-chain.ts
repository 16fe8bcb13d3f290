import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as generated from '@tallyhouse/chain';
import { tallyTokenAbi, traceAnchorAbi, type Deployment } from '@tallyhouse/chain';
import { anchorHead, fromHex } from '@tallyhouse/proofs';
import { createPrng, type Prng } from '@tallyhouse/simulation';
import { deployLocal, ROLE, startAnvil, type Anvil } from '@tallyhouse/testing';
import { encodeFunctionData, maxUint256, numberToHex, type Hex } from 'viem';
import { send, type Call } from './send-calls.js';

const SEED = 7;
/** 2023-11-14: blocks have the same times in every run, one second apart. */
const GENESIS_TIME_S = 1_700_000_000;
/** Of a transfer between two accounts that have delegated: Transfer and twice DelegateVotesChanged. */
const EVENTS_A_TRANSFER = 3;
const GAS = '0x7a120';

/** A chain kept on disk, with what is known of it. */
export interface MadeChain {
  readonly deployment: Deployment;
  readonly deploymentPath: string;
  /** Events after the deployment. */
  readonly events: number;
  readonly blocks: number;
  /** Starts a node that holds it. */
  start(): Promise<Anvil>;
}

/**
 * A chain with the contracts and `events` events of them, some 34 a block: transfers of voting tokens (30) and anchored
 * batches (4), from a seed. Made once and kept under the temporary folder.
 */
export async function madeChain(events: number): Promise<MadeChain> {
  // Other contracts, another chain: one that was kept from before is not taken for it.
  const contracts = createHash('sha256').update(JSON.stringify(generated)).digest('hex').slice(0, 12);
  const folder = join(tmpdir(), 'tallyhouse-chains', `${SEED}-${events}-${contracts}`);
  const [state, deploymentPath, made] = ['state.json', 'deployment.json', 'made.json'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  const kept = await readFile(made, 'utf8').catch(() => undefined);
  const blocks =
    kept === undefined ? await make(folder, events) : (JSON.parse(kept) as { blocks: number }).blocks;
  const deployment = JSON.parse(await readFile(deploymentPath, 'utf8')) as Deployment;
  const start = (): Promise<Anvil> => startAnvil({ args: ['--load-state', state] });
  return { deployment, deploymentPath, events, blocks, start };
}

async function make(folder: string, events: number): Promise<number> {
  await mkdir(folder, { recursive: true });
  const chain = await startAnvil({ args: ['--timestamp', String(GENESIS_TIME_S)] });
  const deployment = await fill(chain.rpcUrl, events);
  const [head, state] = await send(chain.rpcUrl, [
    ['eth_blockNumber', []],
    ['anvil_dumpState', []],
  ]);
  await chain.stop();
  // Compressed in the answer, plain in the file that a node loads.
  await writeFile(join(folder, 'state.json'), gunzipSync(fromHex(String(state))));
  await writeFile(join(folder, 'deployment.json'), JSON.stringify(deployment));
  await writeFile(join(folder, 'made.json'), JSON.stringify({ blocks: Number(head) }));
  return Number(head);
}

async function fill(rpcUrl: string, events: number): Promise<Deployment> {
  const { deployment, people } = await deployLocal(rpcUrl);
  const accounts = people.map(({ account }) => account.address);
  const sender = accounts[ROLE.relayer] as Hex;
  const blocks = new BlockMaker(deployment, accounts, createPrng(SEED, 'indexer'));
  for (const [from, calls] of blocks.preparations()) {
    const some = calls.map(([to, data]): Call => ['eth_sendTransaction', [{ from, to, data, gas: GAS }]]);
    await send(rpcUrl, some);
  }
  await send(rpcUrl, [['evm_setAutomine', [false]]]);
  await send(rpcUrl, [['anvil_setBlockTimestampInterval', [1]]]);
  let [nonce] = (await send(rpcUrl, [['eth_getTransactionCount', [sender, 'latest']]])).map(Number) as [
    number,
  ];
  for (let left = events; left > 0;) {
    const { calls, events: made } = blocks.next(left);
    left -= made;
    const transactions = calls.map(([to, data]): Call => {
      const call = { from: sender, to, data, gas: GAS, nonce: numberToHex(nonce++) };
      return ['eth_sendTransaction', [call]];
    });
    await send(rpcUrl, transactions);
    await send(rpcUrl, [['evm_mine', []]]);
  }
  return deployment;
}

type To = readonly [contract: Hex, data: Hex];

/** Makes up the transactions of one block after the other; all are sent by one account, so that their order is fixed. */
class BlockMaker {
  private head: Hex = `0x${'0'.repeat(64)}`;
  private seq = 0n;

  public constructor(
    private readonly deployment: Deployment,
    private readonly accounts: readonly Hex[],
    private readonly random: Prng,
  ) {}

  /** Every holder delegates to itself and lets the relayer spend. */
  public *preparations(): Generator<[Hex, To[]]> {
    const token = this.deployment.contracts.TallyToken.address;
    const sender = this.accounts[ROLE.relayer] as Hex;
    for (const holder of this.holders()) {
      const delegate = encodeFunctionData({ abi: tallyTokenAbi, functionName: 'delegate', args: [holder] });
      const args = [sender, maxUint256] as const;
      yield [holder, [[token, delegate]]];
      yield [holder, [[token, encodeFunctionData({ abi: tallyTokenAbi, functionName: 'approve', args })]]];
    }
  }

  /** @param most events that the block may have */
  public next(most: number): { calls: To[]; events: number } {
    const transfers = Math.min(this.random.integer(5, 15), Math.floor(most / EVENTS_A_TRANSFER));
    const left = most - transfers * EVENTS_A_TRANSFER;
    const anchors = Math.min(this.random.integer(1, 7), left);
    const calls = [
      ...Array.from({ length: transfers }, () => this.transfer()),
      ...Array.from({ length: anchors }, () => this.anchor()),
    ];
    return { calls, events: transfers * EVENTS_A_TRANSFER + anchors };
  }

  private word(): Hex {
    const words = Array.from({ length: 8 }, () => this.random.uint32().toString(16).padStart(8, '0'));
    return `0x${words.join('')}`;
  }

  private holders(): readonly Hex[] {
    return this.accounts.slice(0, 4);
  }

  private transfer(): To {
    const holders = this.holders();
    const from = this.random.integer(0, holders.length - 1);
    const to = (from + this.random.integer(1, holders.length - 1)) % holders.length;
    const amount = BigInt(this.random.integer(1, 1_000_000_000));
    const args = [holders[from] as Hex, holders[to] as Hex, amount] as const;
    const data = encodeFunctionData({ abi: tallyTokenAbi, functionName: 'transferFrom', args });
    return [this.deployment.contracts.TallyToken.address, data];
  }

  private anchor(): To {
    const partner = this.accounts[ROLE.partner] as Hex;
    const [root, schemaId] = [this.word(), `0x${'5'.repeat(64)}` as Hex];
    const count = this.random.integer(1, 1_024);
    const uri = `https://batches.example.com/${root.slice(2, 34)}`;
    const args = [partner, root, count, this.head, schemaId, uri] as const;
    this.head = anchorHead({ prevHead: this.head, root, count, schemaId, seq: ++this.seq });
    const data = encodeFunctionData({ abi: traceAnchorAbi, functionName: 'anchor', args });
    return [this.deployment.contracts.TraceAnchor.address, data];
  }
}
