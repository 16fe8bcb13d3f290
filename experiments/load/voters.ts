import { makePublicClient, makeWalletClient, tallyGovernorAbi, tallyTokenAbi } from '@tallyhouse/chain';
import { keccak256, parseEventLogs, stringToHex, type Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { castVote, delegateToSelf, governor } from '../../apps/cli/src/governance/member-actions.js';
import type { LocalAccount } from '../../apps/cli/src/up/accounts.js';
import type { Stack } from '../../apps/cli/src/up/stack.js';
import type { Failure } from './requests.js';

const TALLY = 10n ** 18n;
const ONE_ETHER = '0xde0b6b3a7640000';
/** A vote of the local world lasts ten minutes; a new one is put forward before. */
export const PROPOSAL_EVERY_MS = 540_000;
const OPENS_AFTER_MS = 7_000;

const AT_ONCE = 50;
const TRANSFER_GAS = 250_000n;

/** One token to each, sent without waiting for one another. */
async function giveTokens(stack: Stack, from: LocalAccount, to: readonly LocalAccount[]): Promise<void> {
  const reading = makePublicClient(stack.rpcUrl, { pollingIntervalMs: 100 });
  const wallet = makeWalletClient(stack.rpcUrl, from.privateKey);
  const token = { address: stack.deployment.contracts.TallyToken.address, abi: tallyTokenAbi };
  let nonce = await reading.getTransactionCount({ address: from.address, blockTag: 'pending' });
  const hashes: Hex[] = [];
  for (const { address } of to) {
    const args = [address, TALLY] as const;
    const options = { nonce: nonce++, gas: TRANSFER_GAS, chain: null, account: wallet.account };
    hashes.push(await wallet.writeContract({ ...token, ...options, functionName: 'transfer', args }));
  }
  for (const hash of hashes) {
    const { status } = await reading.waitForTransactionReceipt({ hash });
    if (status !== 'success') throw new Error(`a transfer to a voter failed: ${hash}`);
  }
}

/** Accounts that each hold a token and vote once on each proposal, straight on the chain, as a wallet does. */
export class LoadVoters {
  private proposalId = 0n;
  private openAt = Infinity;
  private nextVoter = 0;
  private mined = 0;

  private constructor(
    private readonly stack: Stack,
    private readonly accounts: readonly LocalAccount[],
  ) {}

  /** Votes that the chain has taken. */
  public get votes(): number {
    return this.mined;
  }

  public static async open(stack: Stack, count: number): Promise<LoadVoters> {
    const accounts = Array.from({ length: count }, (_, index) => {
      const privateKey = keccak256(stringToHex(`voter ${index}`));
      return { name: `voter ${index}`, address: privateKeyToAccount(privateKey).address, privateKey };
    });
    const voters = new LoadVoters(stack, accounts);
    const [alice] = stack.accounts.members;
    for (const account of accounts) await voters.rpc('anvil_setBalance', [account.address, ONE_ETHER]);
    await giveTokens(stack, alice!, accounts);
    // Hundreds of delegations fit into a block: one after another they would take longer than what is measured.
    for (let at = 0; at < accounts.length; at += AT_ONCE)
      await Promise.all(accounts.slice(at, at + AT_ONCE).map((account) => delegateToSelf(stack, account)));
    await delegateToSelf(stack, alice!);
    return voters;
  }

  /** Puts a proposal forward that does nothing, and lets votes go to it once it is open. */
  public async propose(number: number): Promise<void> {
    const [alice] = this.stack.accounts.members;
    const { address } = this.stack.deployment.contracts.ModelRegistry;
    const description = `Load ${number}#proposer=${alice!.address}`;
    const receipt = await governor(this.stack, alice!, 'propose', [[address], [0n], ['0x'], description]);
    const [created] = parseEventLogs({
      abi: tallyGovernorAbi,
      logs: receipt.logs,
      eventName: 'ProposalCreated',
    });
    this.proposalId = created!.args.proposalId;
    this.openAt = performance.now() + OPENS_AFTER_MS;
    this.nextVoter = 0;
  }

  /** One vote; where none is open or everybody has voted, a wallet looks at the chain instead. */
  public async vote(): Promise<Failure> {
    const account = performance.now() < this.openAt ? undefined : this.accounts[this.nextVoter++];
    try {
      if (!account) {
        await this.rpc('eth_blockNumber', []);
        return undefined;
      }
      await castVote(this.stack, account, this.proposalId, 'for', '');
      this.mined++;
      return undefined;
    } catch (error) {
      return `vote: ${(error as Error).message.slice(0, 80)}`;
    }
  }

  private async rpc(method: string, params: readonly unknown[]): Promise<void> {
    const response = await fetch(this.stack.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const { error } = (await response.json()) as { error?: { message: string } };
    if (error) throw new Error(error.message);
  }
}
