import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SimpleMerkleTree } from '@openzeppelin/merkle-tree';
import { keccak256, parseEther, stringToHex, zeroHash } from 'viem';
import type { Address, Hex } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { startAnvil } from '@tallyhouse/testing';
import type { Anvil } from '@tallyhouse/testing';
import { makePublicClient, makeWalletClient } from './clients.js';
import { deployTallyhouse } from './deploy/deploy-tallyhouse.js';
import { traceAnchorAbi } from './generated/index.js';

const WORDS = 'test test test test test test test test test test test junk';
const [deployer, partner, key, relayer, member, guardian] = [0, 1, 2, 3, 4, 5].map((addressIndex) =>
  mnemonicToAccount(WORDS, { addressIndex }),
) as [Account, Account, Account, Account, Account, Account];
type Account = ReturnType<typeof mnemonicToAccount>;

const SCHEMA = keccak256(stringToHex('leaf/1'));
const BATCH = 256;
const GAS_PER_EVENT = 250n;
const ANCHOR_TYPE = {
  Anchor: [
    { name: 'partner', type: 'address' },
    { name: 'root', type: 'bytes32' },
    { name: 'count', type: 'uint32' },
    { name: 'prevHead', type: 'bytes32' },
    { name: 'schemaId', type: 'bytes32' },
    { name: 'uri', type: 'string' },
    { name: 'submitter', type: 'address' },
    { name: 'deadline', type: 'uint256' },
  ],
} as const;

function treeOf(name: string): SimpleMerkleTree {
  return SimpleMerkleTree.of(
    Array.from({ length: BATCH }, (_, index) => keccak256(stringToHex(`${name} ${index}`))),
  );
}

describe('TraceAnchor on a local chain', () => {
  let chain: Anvil;
  let anchor: { address: Address; abi: typeof traceAnchorAbi };
  const publicClient = () => makePublicClient(chain.rpcUrl, { pollingIntervalMs: 50 });
  const head = () =>
    publicClient().readContract({ ...anchor, functionName: 'head', args: [partner.address] });

  async function gasOf(hash: Hex): Promise<bigint> {
    const receipt = await publicClient().waitForTransactionReceipt({ hash });
    expect(receipt.status).toBe('success');
    return receipt.gasUsed;
  }

  beforeAll(async () => {
    chain = await startAnvil();
    const deployment = await deployTallyhouse({
      publicClient: publicClient(),
      walletClient: makeWalletClient(chain.rpcUrl, deployer),
      parameters: {
        votingDelayS: 1,
        votingPeriodS: 10,
        timelockDelayS: 1,
        quorumPercent: 4,
        proposalThreshold: '0',
        lateQuorumExtensionS: 0,
        guardianSunset: 0,
      },
      holders: [{ address: member.address, amount: parseEther('1') }],
      partners: [
        {
          partner: partner.address,
          gln: '0614141000005',
          name: 'Maker',
          metadataHash: zeroHash,
          submitters: [key.address],
        },
      ],
      families: [],
      guardian: guardian.address,
      proposers: [],
      committers: [],
    });
    anchor = { address: deployment.contracts.TraceAnchor.address, abi: traceAnchorAbi };
  }, 30_000);

  afterAll(() => chain.stop());

  it('takes the trees and proofs of @openzeppelin/merkle-tree', async () => {
    const tree = treeOf('event');
    const root = tree.root as Hex;
    const wallet = makeWalletClient(chain.rpcUrl, key);
    const args = [partner.address, root, BATCH, zeroHash, SCHEMA, ''] as const;
    await gasOf(await wallet.writeContract({ ...anchor, chain: null, functionName: 'anchor', args }));
    for (const [index, leaf] of tree.entries()) {
      if (index % 17 !== 0) continue;
      const links = [{ root, count: BATCH, schemaId: SCHEMA }];
      const proven = (given: Hex) =>
        publicClient().readContract({
          ...anchor,
          functionName: 'verifyLeaf',
          args: [partner.address, zeroHash, 0n, links, given, tree.getProof(index) as Hex[]],
        });
      expect(await proven(leaf as Hex)).toBe(true);
      expect(await proven(keccak256(leaf as Hex))).toBe(false);
    }
  });

  it('costs less than its limit an event, as the chain itself counts', async () => {
    const wallet = makeWalletClient(chain.rpcUrl, key);
    const args = [
      partner.address,
      treeOf('more').root as Hex,
      BATCH,
      await head(),
      SCHEMA,
      'sha256:more',
    ] as const;
    const gas = await gasOf(
      await wallet.writeContract({ ...anchor, chain: null, functionName: 'anchor', args }),
    );
    expect(gas / BigInt(BATCH)).toBeLessThanOrEqual(GAS_PER_EVENT);
  });

  it('relays what a submitter signed, once', async () => {
    const message = {
      partner: partner.address,
      root: treeOf('relayed').root as Hex,
      count: BATCH,
      prevHead: await head(),
      schemaId: SCHEMA,
      uri: 'sha256:relayed',
      submitter: key.address,
      deadline: 10_000_000_000n,
    };
    const signature = await key.signTypedData({
      domain: { name: 'TraceAnchor', version: '1', chainId: 31337, verifyingContract: anchor.address },
      types: ANCHOR_TYPE,
      primaryType: 'Anchor',
      message,
    });
    const { root, prevHead, uri, submitter, deadline } = message;
    const request = {
      ...anchor,
      functionName: 'anchorBySig',
      args: [partner.address, root, BATCH, prevHead, SCHEMA, uri, submitter, deadline, signature],
    } as const;
    await gasOf(await makeWalletClient(chain.rpcUrl, relayer).writeContract({ ...request, chain: null }));
    const again = publicClient().simulateContract({ ...request, account: relayer });
    await expect(again).rejects.toThrow(/PrevHeadMismatch/);
  });
});
